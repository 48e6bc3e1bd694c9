package io.vipkeeper.keeper;

import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

import io.vipkeeper.lease.LeaseState;
import io.vipkeeper.vip.VipState;

/**
 * The core's state between two steps.
 *
 * @param linkUsable whether the VIP's interface can carry frames; false until the kernel has said so
 * @param linkChangedNanos when that changed last
 * @param locked whether no other process of this identity runs on this node
 * @param nodeAddresses empty until they could be read
 * @param qualified what the election was told last about whether this node may hold
 * @param apiAnswers whether the last finished request had a usable answer
 */
public record KeeperState(
        LeaseState lease,
        VipState vip,
        boolean linkUsable,
        long linkChangedNanos,
        boolean locked,
        Set<InetAddress> nodeAddresses,
        boolean qualified,
        boolean apiAnswers,
        Optional<String> twinReported) {

    public KeeperState {
        nodeAddresses = Set.copyOf(nodeAddresses);
    }

    KeeperState withLease(LeaseState next) {
        return new KeeperState(
                next, vip, linkUsable, linkChangedNanos, locked, nodeAddresses, qualified, apiAnswers, twinReported);
    }

    KeeperState withVip(VipState next) {
        return new KeeperState(
                lease, next, linkUsable, linkChangedNanos, locked, nodeAddresses, qualified, apiAnswers, twinReported);
    }

    KeeperState withLink(boolean usable, long nowNanos) {
        return new KeeperState(
                lease, vip, usable, nowNanos, locked, nodeAddresses, qualified, apiAnswers, twinReported);
    }

    KeeperState withLock(boolean next) {
        return new KeeperState(
                lease, vip, linkUsable, linkChangedNanos, next, nodeAddresses, qualified, apiAnswers, twinReported);
    }

    KeeperState withNodeAddresses(Set<InetAddress> next) {
        return new KeeperState(
                lease, vip, linkUsable, linkChangedNanos, locked, next, qualified, apiAnswers, twinReported);
    }

    KeeperState withQualified(boolean next) {
        return new KeeperState(
                lease, vip, linkUsable, linkChangedNanos, locked, nodeAddresses, next, apiAnswers, twinReported);
    }

    KeeperState withApiAnswers(boolean next) {
        return new KeeperState(
                lease, vip, linkUsable, linkChangedNanos, locked, nodeAddresses, qualified, next, twinReported);
    }

    KeeperState withTwinReported(Optional<String> next) {
        return new KeeperState(
                lease, vip, linkUsable, linkChangedNanos, locked, nodeAddresses, qualified, apiAnswers, next);
    }
}
