package io.vipkeeper.keeper;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.vipkeeper.grant.GrantState;
import io.vipkeeper.keeper.KeeperStatus.Role;
import io.vipkeeper.lease.ElectorId;
import io.vipkeeper.lease.Kinship;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.lease.LeaseRole;
import io.vipkeeper.vip.VirtualIp;

/** Makes the public status of a state. */
final class StatusReport {
    private StatusReport() {}

    static KeeperStatus of(ElectorId elector, KeeperState state, boolean forbidden, long now) {
        Map<VirtualIp, Boolean> bound = new LinkedHashMap<>();
        state.vip().entries().forEach((vip, entry) -> bound.put(vip, entry.present()));
        LeaseRole.Holder holder = state.lease().role() instanceof LeaseRole.Holder held
                ? held
                : new LeaseRole.Holder(now, now, now, now, now);
        return new KeeperStatus(
                role(state),
                state.lease().record().map(LeaseRecord::holderIdentity).orElse(""),
                holder.rightEndsNanos(),
                holder.sentNanos(),
                bound,
                state.around().linkUsable(),
                !state.around().locked() || state.twinReported().isPresent(),
                forbidden,
                state.lease().sighting().isPresent(),
                state.apiAnswers(),
                fast(elector, state, now),
                now);
    }

    /** The members whose majority limits this holder; empty for a follower, and by the plain rules. */
    static List<String> members(ElectorId elector, KeeperState state) {
        boolean holds = state.lease().role() instanceof LeaseRole.Holder;
        return state.lease()
                .record()
                .filter(record -> holds && elector.kinship(record) == Kinship.OWN)
                .map(elector::members)
                .orElse(List.of());
    }

    private static KeeperStatus.Fast fast(ElectorId elector, KeeperState state, long now) {
        Map<String, KeeperStatus.PeerStatus> peers = new TreeMap<>();
        state.grant()
                .peers()
                .forEach((node, peer) -> peers.put(
                        node,
                        new KeeperStatus.PeerStatus(
                                peer.isHeard(now), peer.standing().ready(), peer.weight(), peer.countsUntilNanos())));
        return new KeeperStatus.Fast(
                members(elector, state),
                state.vip().fenced(),
                state.grant().api().ready(),
                state.grant()
                        .bond()
                        .filter(bond -> bond.untilNanos() - now > 0)
                        .map(GrantState.Bond::to)
                        .orElse(""),
                peers);
    }

    private static Role role(KeeperState state) {
        if (state.lease().stopping()) {
            return Role.STOPPING;
        }
        return switch (state.lease().role()) {
            case LeaseRole.Follower follower -> answersProvisionally(state) ? Role.PROVISIONAL : Role.FOLLOWER;
            case LeaseRole.Holder held -> Role.HOLDER;
            case LeaseRole.Leaving leaving -> Role.LEAVING;
            case LeaseRole.Stopped stopped -> Role.STOPPING;
        };
    }

    private static boolean answersProvisionally(KeeperState state) {
        return state.bootstrap().standing() && !state.vip().noneBound();
    }
}
