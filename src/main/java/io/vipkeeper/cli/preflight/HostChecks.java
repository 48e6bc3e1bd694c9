package io.vipkeeper.cli.preflight;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vipkeeper.config.VipkeeperConfig;
import io.vipkeeper.fence.NftablesFence;
import io.vipkeeper.linux.KernelException;
import io.vipkeeper.linux.Libc;
import io.vipkeeper.linux.Nic;
import io.vipkeeper.netlink.Interfaces;
import io.vipkeeper.peer.PeerSocket;

/** What this node's kernel must give. Changes nothing. */
final class HostChecks {
    private static final Path RECEIVE_MAXIMUM = Path.of("/proc/sys/net/core/rmem_max");

    private final VipkeeperConfig config;
    private final Libc libc;

    HostChecks(VipkeeperConfig config, Libc libc) {
        this.config = config;
        this.libc = libc;
    }

    List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.unless(Privileges.problem(), "privileges", "NET_ADMIN and NET_RAW are there"));
        Optional<Nic> nic = nic(findings);
        nic.ifPresent(found -> findings.add(Finding.unless(
                new PrefixRule().problem(config.address().vips(), found.name()),
                "prefix",
                "the address takes none of " + found.name() + " along when it ends")));
        if (config.election().enabled()) {
            findings.add(fence(NftablesFence.possibleKind(libc)));
        }
        if (config.fast().isPresent()) {
            receiveBuffer(RECEIVE_MAXIMUM).ifPresent(findings::add);
        }
        return findings;
    }

    private Optional<Nic> nic(List<Finding> findings) {
        Optional<String> named = config.link().interfaceName();
        try (Interfaces interfaces = new Interfaces(libc)) {
            Optional<Nic> nic = named.isPresent() ? interfaces.find(named.get()) : interfaces.ofDefaultRoute();
            findings.add(nic.map(this::nic).orElseGet(() -> missing(named)));
            return nic;
        } catch (KernelException e) {
            findings.add(Finding.failure(
                    "interface",
                    "the kernel does not tell its interfaces: " + e.getMessage(),
                    "allow netlink sockets"));
            return Optional.empty();
        }
    }

    private static Finding missing(Optional<String> named) {
        return named.map(name -> Finding.failure(
                        "interface", "there is no " + name, "correct vip_interface (--interface) or bring it up"))
                .orElseGet(() -> Finding.failure(
                        "interface", "none has a default route", "name one with vip_interface (--interface)"));
    }

    private Finding nic(Nic nic) {
        if (nic.usable()) {
            return Finding.ok("interface", nic.name() + " is up and has carrier");
        }
        return config.link().allowNotUp()
                ? Finding.warning(
                        "interface",
                        nic.name() + " cannot carry frames",
                        "vip_allow_interface_not_up lets this node hold all the same")
                : Finding.failure("interface", nic.name() + " cannot carry frames", "bring it up, or plug its cable");
    }

    private Finding fence(String kind) {
        if (config.address().preserveOnLoss()) {
            return Finding.ok("fence", "address, in whole seconds: a preserved address cannot be fenced");
        }
        return kind.equals("nftables")
                ? Finding.ok("fence", "nftables, to the millisecond")
                : Finding.warning(
                        "fence",
                        "address, in whole seconds, so a killed holder is not replaced within a fraction of one",
                        "nftables " + kind);
    }

    /** Empty where the kernel does not show it, as in older network namespaces. */
    static Optional<Finding> receiveBuffer(Path maximum) {
        try (InputStream in = Files.newInputStream(maximum)) {
            // In one call: the kernel gives nothing to a second one, and Files.readString begins with a single byte.
            byte[] text = new byte[32];
            int length = Math.max(0, in.read(text));
            long bytes = Long.parseLong(new String(text, 0, length, StandardCharsets.US_ASCII).strip());
            return Optional.of(
                    bytes >= PeerSocket.RECEIVE_BUFFER
                            ? Finding.ok("UDP buffer", "net.core.rmem_max is " + bytes + " bytes")
                            : Finding.warning(
                                    "UDP buffer",
                                    "net.core.rmem_max is " + bytes + " bytes, so a flood may crowd heartbeats out",
                                    "run 'sysctl -w net.core.rmem_max=" + PeerSocket.RECEIVE_BUFFER + "'"));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
