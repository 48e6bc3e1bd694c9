package io.vipkeeper.cli.preflight.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.cli.preflight.finding.HostFiles;
import io.vipkeeper.vip.VirtualIp;

/**
 * Whether this kernel lets an IPv4 address with a prefix wider than a host route end without harm. When the VIP comes
 * before the node's own address of the same subnet, it is the primary one, and when it goes Linux deletes the others
 * of that subnet with it, unless promote_secondaries is set (Documentation/networking/ip-sysctl.rst).
 */
public final class PrefixRule {
    private static final int HOST = 32;
    private static final String REMEDY =
            "leave vip_subnet out or run 'sysctl -w net.ipv4.conf.all.promote_secondaries=1'";

    private final HostFiles files;

    /** For this process's network namespace. */
    public PrefixRule() {
        this(new HostFiles(Path.of("/")));
    }

    PrefixRule(HostFiles files) {
        this.files = files;
    }

    static Finding finding(HostFiles files, List<VirtualIp> vips, String nic) {
        return new PrefixRule(files)
                .harmful(vips, nic)
                .map(vip -> Finding.failure("prefix", what(vip), why(nic), REMEDY))
                .orElseGet(() -> Finding.ok("prefix", "the VIP takes no address of " + nic + " along when it ends"));
    }

    /** Why the addresses must not be bound on this NIC, a sentence with the remedy; empty where nothing speaks against it. */
    public Optional<String> problem(List<VirtualIp> vips, String nic) {
        return harmful(vips, nic).map(vip -> what(vip) + ", " + why(nic) + "; " + REMEDY);
    }

    private Optional<VirtualIp> harmful(List<VirtualIp> vips, String nic) {
        return vips.stream()
                .filter(vip -> !vip.isIpv6() && vip.prefix() < HOST)
                .findFirst()
                .filter(vip -> deletesSecondaries(nic));
    }

    private static String what(VirtualIp vip) {
        return "vip_subnet gives " + vip;
    }

    private static String why(String nic) {
        return "whose end may delete the node's own address of that subnet from " + nic;
    }

    /** Linux takes the greater of the two; an interface that is yet to come begins with the default. */
    private boolean deletesSecondaries(String nic) {
        OptionalLong ofNic = value(nic);
        return (ofNic.isPresent() ? ofNic : value("default")).orElse(1) == 0
                && value("all").orElse(1) == 0;
    }

    private OptionalLong value(String scope) {
        return files.number("proc/sys/net/ipv4/conf/" + scope + "/promote_secondaries");
    }
}
