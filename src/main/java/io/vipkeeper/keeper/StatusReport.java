package io.vipkeeper.keeper;

import java.util.LinkedHashMap;
import java.util.Map;

import io.vipkeeper.keeper.KeeperStatus.Role;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.lease.LeaseRole;
import io.vipkeeper.vip.VirtualIp;

/** Makes the public status of a state. */
final class StatusReport {
    private StatusReport() {}

    static KeeperStatus of(KeeperState state, boolean forbidden, long now) {
        Map<VirtualIp, Boolean> bound = new LinkedHashMap<>();
        state.vip().entries().forEach((vip, entry) -> bound.put(vip, entry.present()));
        LeaseRole.Holder holder =
                state.lease().role() instanceof LeaseRole.Holder held ? held : new LeaseRole.Holder(now, now, now, now);
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
                now);
    }

    private static Role role(KeeperState state) {
        if (state.lease().stopping()) {
            return Role.STOPPING;
        }
        return switch (state.lease().role()) {
            case LeaseRole.Follower follower -> Role.FOLLOWER;
            case LeaseRole.Holder held -> Role.HOLDER;
            case LeaseRole.Leaving leaving -> Role.LEAVING;
            case LeaseRole.Stopped stopped -> Role.STOPPING;
        };
    }
}
