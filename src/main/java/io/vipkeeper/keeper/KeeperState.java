package io.vipkeeper.keeper;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.lease.LeaseState;
import io.vipkeeper.vip.VipState;

/**
 * The core's state between two steps.
 *
 * @param linkUsable whether the VIP's interface can carry frames; false until the kernel has said so
 * @param linkChangedNanos when that changed last
 * @param locked whether no other process of this identity runs on this node
 * @param nodeAddresses the Nodes' own addresses and whose they are; empty until they could be read
 * @param holders whom this process has seen hold
 * @param qualified what the election was told last about whether this node may hold
 * @param apiAnswers whether the last finished request had a usable answer
 */
public record KeeperState(
        LeaseState lease,
        VipState vip,
        boolean linkUsable,
        long linkChangedNanos,
        boolean locked,
        Map<InetAddress, String> nodeAddresses,
        Set<String> holders,
        boolean qualified,
        boolean apiAnswers,
        Optional<String> twinReported) {

    /** More names than a cluster has candidates; whoever edits the Lease must not fill the memory. */
    private static final int MOST_HOLDERS = 32;

    public KeeperState {
        nodeAddresses = Map.copyOf(nodeAddresses);
        holders = Set.copyOf(holders);
    }

    KeeperState withLease(LeaseState next) {
        return new KeeperState(
                next,
                vip,
                linkUsable,
                linkChangedNanos,
                locked,
                nodeAddresses,
                seenIn(next),
                qualified,
                apiAnswers,
                twinReported);
    }

    KeeperState withVip(VipState next) {
        return new KeeperState(
                lease,
                next,
                linkUsable,
                linkChangedNanos,
                locked,
                nodeAddresses,
                holders,
                qualified,
                apiAnswers,
                twinReported);
    }

    KeeperState withLink(boolean usable, long nowNanos) {
        return new KeeperState(
                lease, vip, usable, nowNanos, locked, nodeAddresses, holders, qualified, apiAnswers, twinReported);
    }

    KeeperState withLock(boolean next) {
        return new KeeperState(
                lease,
                vip,
                linkUsable,
                linkChangedNanos,
                next,
                nodeAddresses,
                holders,
                qualified,
                apiAnswers,
                twinReported);
    }

    KeeperState withNodeAddresses(Map<InetAddress, String> next) {
        return new KeeperState(
                lease, vip, linkUsable, linkChangedNanos, locked, next, holders, qualified, apiAnswers, twinReported);
    }

    KeeperState withQualified(boolean next) {
        return new KeeperState(
                lease,
                vip,
                linkUsable,
                linkChangedNanos,
                locked,
                nodeAddresses,
                holders,
                next,
                apiAnswers,
                twinReported);
    }

    KeeperState withApiAnswers(boolean next) {
        return new KeeperState(
                lease,
                vip,
                linkUsable,
                linkChangedNanos,
                locked,
                nodeAddresses,
                holders,
                qualified,
                next,
                twinReported);
    }

    KeeperState withTwinReported(Optional<String> next) {
        return new KeeperState(
                lease, vip, linkUsable, linkChangedNanos, locked, nodeAddresses, holders, qualified, apiAnswers, next);
    }

    private Set<String> seenIn(LeaseState next) {
        String holder = next.record().map(LeaseRecord::holderIdentity).orElse("");
        if (holder.isEmpty() || holders.contains(holder) || holders.size() >= MOST_HOLDERS) {
            return holders;
        }
        return Stream.concat(holders.stream(), Stream.of(holder)).collect(Collectors.toSet());
    }
}
