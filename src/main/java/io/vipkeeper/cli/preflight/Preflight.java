package io.vipkeeper.cli.preflight;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vipkeeper.cli.common.MachineId;
import io.vipkeeper.cli.common.StatusSource;
import io.vipkeeper.cli.preflight.api.ApiChecks;
import io.vipkeeper.cli.preflight.api.CertificateChecks;
import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.cli.preflight.finding.HostFiles;
import io.vipkeeper.cli.preflight.host.HostChecks;
import io.vipkeeper.config.VipkeeperConfig;
import io.vipkeeper.config.VipkeeperConfig.Listen;
import io.vipkeeper.kubernetes.ApiSettings;
import io.vipkeeper.kubernetes.Certificates;
import io.vipkeeper.linux.KernelException;
import io.vipkeeper.linux.Libc;
import io.vipkeeper.linux.Nic;
import io.vipkeeper.netlink.Interfaces;
import io.vipkeeper.vip.VirtualIp;

/** Every check, in the order in which they are told: this node's own first. */
final class Preflight {
    private static final Duration ASK = Duration.ofSeconds(1);

    private final VipkeeperConfig config;
    private final ApiSettings settings;
    private final Libc libc;
    private final HostFiles files;

    Preflight(VipkeeperConfig config, ApiSettings settings, Libc libc, HostFiles files) {
        this.config = config;
        this.settings = settings;
        this.libc = libc;
        this.files = files;
    }

    /** The API server is asked first, since it knows whose answer for the VIP is right. */
    List<Finding> run() throws InterruptedException {
        List<Finding> ofApi = new ArrayList<>();
        Optional<String> otherHolder = Optional.empty();
        if (config.election().enabled()) {
            ApiChecks api = new ApiChecks(config, settings, MachineId.of(nic()));
            ofApi.addAll(api.run());
            otherHolder = api.otherHolder();
        }
        Optional<String> holder = otherHolder;
        List<Finding> findings =
                new ArrayList<>(new HostChecks(config, libc, files).run(isRunning(), vip -> evidence(holder, vip)));
        findings.addAll(ofApi);
        return findings;
    }

    private Optional<Nic> nic() {
        Optional<String> name = config.link().interfaceName();
        try (Interfaces interfaces = new Interfaces(libc)) {
            return name.isPresent() ? interfaces.find(name.get()) : interfaces.ofDefaultRoute();
        } catch (KernelException e) {
            return Optional.empty();
        }
    }

    /** Before a node has joined it cannot read the Lease, and the VIP is answered all the same. */
    private String evidence(Optional<String> holder, VirtualIp vip) {
        if (holder.isPresent()) {
            return "and the Lease is held by " + holder.get();
        }
        boolean controlPlane = Certificates.shownBy(vip.address(), config.api().port(), "kubernetes", ASK)
                .filter(CertificateChecks::isForKubernetes)
                .isPresent();
        return controlPlane
                ? "where an API server listens: right for a node that joins its cluster, and for no new cluster"
                : "";
    }

    /** Whether a manager runs here already. */
    private boolean isRunning() {
        Optional<URI> uri = config.http().metrics().map(Listen::toString).flatMap(StatusSource::ofListener);
        return uri.map(found -> new StatusSource(found, ASK).ask())
                .filter(reply -> reply instanceof StatusSource.Reply.Told)
                .isPresent();
    }
}
