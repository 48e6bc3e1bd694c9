package io.vipkeeper.cli.preflight.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.vipkeeper.announce.AddressProbe;
import io.vipkeeper.announce.Claim;
import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.linux.KernelException;
import io.vipkeeper.linux.Libc;
import io.vipkeeper.linux.Nic;
import io.vipkeeper.vip.VirtualIp;

/** Whether another machine answers for the VIP. */
public final class NeighbourCheck {
    private static final String CHECK = "in use";
    private static final int TIMES = 3;
    private static final Duration WAIT = Duration.ofMillis(250);

    private final Function<List<VirtualIp>, Set<Claim>> ask;
    private final Holder holder;

    /** Whether an answer is that of the holder. */
    public interface Holder {
        /** What speaks for it, a few words; empty when nothing does. Asked only for an address that is answered. */
        String evidence(VirtualIp vip);
    }

    NeighbourCheck(Function<List<VirtualIp>, Set<Claim>> ask, Holder holder) {
        this.ask = ask;
        this.holder = holder;
    }

    /** By frames on the interface. */
    static NeighbourCheck on(Libc libc, Nic nic, List<Nic> own, Holder holder) {
        Set<String> macs = own.stream().map(Nic::mac).collect(Collectors.toSet());
        return new NeighbourCheck(vips -> new AddressProbe(libc, nic, macs).ask(vips, TIMES, WAIT), holder);
    }

    List<Finding> run(List<VirtualIp> vips) {
        Set<Claim> claims;
        try {
            claims = ask.apply(vips);
        } catch (KernelException e) {
            return List.of(Finding.warning(
                    CHECK,
                    "the neighbours cannot be asked",
                    e.getMessage(),
                    "mend the interface and the privileges first"));
        }
        List<Finding> findings = new ArrayList<>();
        for (VirtualIp vip : vips) {
            Set<String> macs = claims.stream()
                    .filter(claim -> claim.address().equals(vip.address()))
                    .map(Claim::mac)
                    .collect(Collectors.toCollection(TreeSet::new));
            findings.add(finding(vip, macs));
        }
        return findings;
    }

    private Finding finding(VirtualIp vip, Set<String> macs) {
        String shown = LinkChecks.shown(vip);
        if (macs.isEmpty()) {
            return Finding.ok(CHECK, "no neighbour answers for " + shown);
        }
        String who = shown + " is answered by " + String.join(" and ", macs);
        if (macs.size() > 1) {
            return Finding.failure(
                    CHECK,
                    who,
                    "the clients are torn between two machines",
                    "find them by their MAC addresses in your switch or with 'ip neigh', and take it off one");
        }
        String evidence = holder.evidence(vip);
        return evidence.isEmpty()
                ? Finding.failure(
                        CHECK,
                        who,
                        "a second machine with this address would take its clients away, and lose its own",
                        "find it by its MAC address in your switch or with 'ip neigh', or choose another VIP")
                : Finding.ok(CHECK, who + ", " + evidence);
    }
}
