package io.vipkeeper.cli.preflight.host;

import java.util.ArrayList;
import java.util.List;

import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.cli.preflight.finding.HostFiles;
import io.vipkeeper.config.VipkeeperConfig;
import io.vipkeeper.linux.KernelException;
import io.vipkeeper.linux.Libc;
import io.vipkeeper.linux.Nic;
import io.vipkeeper.netlink.Interfaces;

/** All that is looked at on this node. Leaves nothing behind. */
public final class HostChecks {
    private final VipkeeperConfig config;
    private final Libc libc;
    private final HostFiles files;

    public HostChecks(VipkeeperConfig config, Libc libc, HostFiles files) {
        this.config = config;
        this.libc = libc;
        this.files = files;
    }

    /**
     * Takes about two seconds, for the neighbours' answers and the clock.
     *
     * @param running whether a manager runs here already
     * @param holder what speaks for it that an answer is that of the VIP's holder
     */
    public List<Finding> run(boolean running, NeighbourCheck.Holder holder) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        findings.add(KernelChecks.privileges(files));
        findings.addAll(network(holder));
        KernelChecks kernel = new KernelChecks(libc);
        findings.add(kernel.lifetimes());
        if (config.election().enabled()) {
            findings.add(kernel.fence(config.address().preserveOnLoss()));
        }
        if (config.fast().isPresent()) {
            SysctlChecks.receiveBuffer(files).ifPresent(findings::add);
        }
        findings.add(ClockCheck.measured(libc, files));
        findings.addAll(new ElectorCheck(files, config).run());
        Ports.all(config).forEach(port -> findings.add(port.finding(running)));
        return findings;
    }

    private List<Finding> network(NeighbourCheck.Holder holder) {
        try (Interfaces interfaces = new Interfaces(libc)) {
            HostFacts facts = HostFacts.ask(interfaces, config.link());
            List<Finding> findings = new ArrayList<>(new LinkChecks(config, facts).run());
            facts.nic().ifPresent(nic -> findings.addAll(onNic(facts, nic, holder)));
            findings.add(ProxyCheck.of(facts, config.address().vips(), files));
            return findings;
        } catch (KernelException e) {
            return List.of(Finding.failure(
                    "interface",
                    "the kernel does not tell its interfaces",
                    e.getMessage(),
                    "allow netlink sockets, for example in the seccomp profile"));
        }
    }

    private List<Finding> onNic(HostFacts facts, Nic nic, NeighbourCheck.Holder holder) {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(NeighbourCheck.on(libc, nic, facts.nics(), holder)
                .run(config.address().vips()));
        findings.add(PrefixRule.finding(files, config.address().vips(), nic.name()));
        findings.addAll(new SysctlChecks(files, facts, nic).run());
        findings.add(new NetworkManagers(files, nic).run());
        return findings;
    }
}
