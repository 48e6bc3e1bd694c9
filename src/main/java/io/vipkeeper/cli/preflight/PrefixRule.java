package io.vipkeeper.cli.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.vipkeeper.vip.VirtualIp;

/**
 * Whether this kernel lets an IPv4 address with a prefix wider than a host route end without harm. When the VIP comes
 * before the node's own address of the same subnet, it is the primary one, and when it goes Linux deletes the others
 * of that subnet with it, unless promote_secondaries is set (Documentation/networking/ip-sysctl.rst).
 */
public final class PrefixRule {
    private static final int HOST = 32;

    private final Path settings;

    /** For this process's network namespace. */
    public PrefixRule() {
        this(Path.of("/proc/sys/net/ipv4/conf"));
    }

    PrefixRule(Path settings) {
        this.settings = settings;
    }

    /** Why the addresses must not be bound on this NIC, a sentence with the remedy; empty where nothing speaks against it. */
    public Optional<String> problem(List<VirtualIp> vips, String nic) {
        Optional<VirtualIp> wide = vips.stream()
                .filter(vip -> !vip.isIpv6() && vip.prefix() < HOST)
                .findFirst();
        return wide.filter(vip -> deletesSecondaries(nic))
                .map(vip -> "vip_subnet gives " + vip + ", whose end may delete the node's own address of that subnet"
                        + " from " + nic + "; leave vip_subnet out or run 'sysctl -w net.ipv4.conf.all"
                        + ".promote_secondaries=1'");
    }

    /** Linux takes the greater of the two; an interface that is yet to come begins with the default. */
    private boolean deletesSecondaries(String nic) {
        Optional<String> ofNic = value(nic).or(() -> value("default"));
        return ofNic.filter("0"::equals).isPresent()
                && value("all").filter("0"::equals).isPresent();
    }

    private Optional<String> value(String scope) {
        try {
            return Optional.of(Files.readString(settings.resolve(scope).resolve("promote_secondaries"))
                    .strip());
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }
}
