package io.vipkeeper.cli.preflight.host;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.cli.preflight.finding.HostFiles;
import io.vipkeeper.fence.NftablesFence;
import io.vipkeeper.linux.KernelException;
import io.vipkeeper.linux.Libc;
import io.vipkeeper.netlink.AddressMessage;
import io.vipkeeper.netlink.Interfaces;
import io.vipkeeper.netlink.NetlinkAddressBinder;
import io.vipkeeper.vip.BindOutcome;
import io.vipkeeper.vip.VirtualIp;

/** What the kernel must be able to do, by trying it. */
final class KernelChecks {
    private static final String LIFETIMES = "lifetimes";
    private static final String LOOPBACK = "lo";

    /** Any of 127.0.0.0/8 is this machine's own anyway (RFC 1122 section 3.2.1.3), so that nobody notices one more. */
    private static final byte[] TRIAL = {127, 118, 107, 118};

    private static final int TRIAL_SECONDS = 2;

    private final Libc libc;

    KernelChecks(Libc libc) {
        this.libc = libc;
    }

    static Finding privileges(HostFiles files) {
        String missing = Privileges.missing(files.text("proc/self/status").orElse(""));
        return missing.isEmpty()
                ? Finding.ok("privileges", "NET_ADMIN and NET_RAW are there")
                : Finding.failure(
                        "privileges",
                        missing + " is missing",
                        "addresses need NET_ADMIN and frames NET_RAW",
                        "run as root, or give the container or the unit NET_ADMIN and NET_RAW");
    }

    /** @param preserved whether the address is to stay after the right to it */
    Finding fence(boolean preserved) {
        return preserved
                ? Finding.ok("fence", "address, in whole seconds: a preserved address cannot be fenced")
                : fence(NftablesFence.possibleKind(libc));
    }

    /** @param kind as {@link NftablesFence#kind} says it */
    static Finding fence(String kind) {
        return kind.equals("nftables")
                ? Finding.ok("fence", "nftables, to the millisecond")
                : Finding.warning(
                        "fence",
                        "address, in whole seconds",
                        "a killed holder is not replaced within a fraction of one",
                        "nftables " + kind);
    }

    /**
     * Puts an address of the loopback network on the loopback interface as the manager puts the VIP, looks, and takes it
     * off; should this process end in between, the kernel does that within two or three seconds.
     */
    Finding lifetimes() {
        try (NetlinkAddressBinder binder = new NetlinkAddressBinder(libc, LOOPBACK);
                Interfaces interfaces = new Interfaces(libc)) {
            VirtualIp trial = VirtualIp.host(InetAddress.getByAddress(TRIAL));
            BindOutcome outcome = binder.bind(trial, TRIAL_SECONDS);
            Optional<AddressMessage> seen = interfaces.addresses().stream()
                    .filter(address -> address.isAddressOf(trial))
                    .findFirst();
            binder.unbind(trial);
            return lifetimes(outcome, seen);
        } catch (KernelException | UnknownHostException e) {
            return lifetimes(new BindOutcome.Refused(e.getMessage()), Optional.empty());
        }
    }

    /** @param seen how the address was that came of it */
    static Finding lifetimes(BindOutcome outcome, Optional<AddressMessage> seen) {
        String remedy = "give NET_ADMIN; on a kernel that lacks it, use Linux 5.18 or newer";
        if (outcome instanceof BindOutcome.Refused(String reason)) {
            return Finding.failure(LIFETIMES, "an address on lo was refused", reason, remedy);
        }
        if (seen.isEmpty() || seen.get().permanent()) {
            return Finding.failure(
                    LIFETIMES,
                    "the kernel keeps no lifetime of an address",
                    "the address of a killed holder would stay",
                    remedy);
        }
        return seen.get().protocol() == 0
                ? Finding.warning(
                        LIFETIMES,
                        "the kernel ends an address by itself, but keeps no mark of its origin (IFA_PROTO)",
                        "an address that a killed elector left is told by its preferred lifetime of 0 only",
                        "use Linux 5.18 or newer")
                : Finding.ok(LIFETIMES, "the kernel ends an address by itself and keeps its mark (IFA_PROTO)");
    }
}
