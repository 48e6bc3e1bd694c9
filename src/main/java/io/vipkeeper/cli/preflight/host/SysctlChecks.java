package io.vipkeeper.cli.preflight.host;

import java.util.List;
import java.util.Optional;

import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.cli.preflight.finding.HostFiles;
import io.vipkeeper.linux.LinuxConstants;
import io.vipkeeper.linux.Nic;
import io.vipkeeper.peer.PeerSocket;

/** Settings of the kernel (Documentation/networking/ip-sysctl.rst). */
final class SysctlChecks {
    private static final String CONF = "proc/sys/net/ipv4/conf/";
    private static final String ARP = "ARP settings";
    private static final int STRICT = 1;

    private final HostFiles files;
    private final HostFacts facts;
    private final Nic nic;

    SysctlChecks(HostFiles files, HostFacts facts, Nic nic) {
        this.files = files;
        this.facts = facts;
        this.nic = nic;
    }

    /** Of IPv4 only, as the settings are. */
    List<Finding> run() {
        return List.of(reversePath(), arp());
    }

    private Finding reversePath() {
        long value = effective("rp_filter");
        Optional<Nic> outgoing = facts.outgoing().filter(found -> found.index() != nic.index());
        return value == STRICT && outgoing.isPresent()
                ? Finding.warning(
                        "rp_filter",
                        "rp_filter of " + nic.name() + " is 1, and the default route is by "
                                + outgoing.get().name(),
                        "the kernel drops clients of the VIP from other subnets, whose answers would leave there",
                        "run 'sysctl -w net.ipv4.conf." + sysctl(nic.name()) + ".rp_filter=2'")
                : Finding.ok("rp_filter", "rp_filter of " + nic.name() + " is " + value + ", and drops no client");
    }

    private Finding arp() {
        long ignore = effective("arp_ignore");
        long announce = effective("arp_announce");
        String what = "arp_ignore=" + ignore + " and arp_announce=" + announce + " on " + nic.name();
        if (ignore == 2 || ignore > 3) {
            return Finding.failure(
                    ARP,
                    what,
                    "this node would not answer ARP for a VIP without a subnet of its own",
                    "run 'sysctl -w net.ipv4.conf.all.arp_ignore=1 net.ipv4.conf." + sysctl(nic.name())
                            + ".arp_ignore=1'");
        }
        Optional<Nic> twin = ignore == 0 ? sameSubnet() : Optional.empty();
        return twin.map(other -> Finding.warning(
                        ARP,
                        what + ", and " + other.name() + " is in the same subnet",
                        "it would answer for the VIP, too, with its own MAC address and past the fence",
                        "run 'sysctl -w net.ipv4.conf.all.arp_ignore=1 net.ipv4.conf.all.arp_announce=2'"))
                .orElseGet(() -> Finding.ok(ARP, what + " let this node answer for the VIP"));
    }

    /** Another interface that is up and has an address with the same network as one of the VIP's interface. */
    private Optional<Nic> sameSubnet() {
        return facts.nics().stream()
                .filter(other -> other.index() != nic.index() && (other.flags() & LinuxConstants.IFF_UP) != 0)
                .filter(other -> facts.addresses().stream()
                        .filter(address -> address.index() == other.index())
                        .anyMatch(address -> facts.addresses().stream()
                                .filter(mine -> mine.index() == nic.index())
                                .anyMatch(mine -> Subnet.of(address).equals(Subnet.of(mine)))))
                .findFirst();
    }

    /** A small queue for the other candidates; empty where the kernel does not show it, as in older namespaces. */
    static Optional<Finding> receiveBuffer(HostFiles files) {
        long wanted = PeerSocket.RECEIVE_BUFFER;
        return files.number("proc/sys/net/core/rmem_max").stream()
                .mapToObj(bytes -> bytes >= wanted
                        ? Finding.ok("UDP buffer", "net.core.rmem_max is " + bytes + " bytes")
                        : Finding.warning(
                                "UDP buffer",
                                "net.core.rmem_max is " + bytes + " bytes",
                                "a flood may crowd the candidates' heartbeats out",
                                "run 'sysctl -w net.core.rmem_max=" + wanted + "'"))
                .findFirst();
    }

    /** Of these settings Linux takes the greater of the two. */
    private long effective(String name) {
        return Math.max(
                files.number(CONF + "all/" + name).orElse(0),
                files.number(CONF + nic.name() + "/" + name).orElse(0));
    }

    /** A dot in an interface's name is written as a slash (sysctl(8)). */
    private static String sysctl(String nic) {
        return nic.replace('.', '/');
    }
}
