package io.vipkeeper.keeper;

import java.util.Optional;

import io.vipkeeper.lease.ElectorId;
import io.vipkeeper.lease.Kinship;
import io.vipkeeper.lease.LeaseRole;
import io.vipkeeper.lease.LeaseState;
import io.vipkeeper.lease.LossReason;
import io.vipkeeper.vip.Stance;

/** What the election's state means for the address. */
final class Stances {
    private final ElectorId elector;

    Stances(ElectorId elector) {
        this.elector = elector;
    }

    /** Without the identity lock another process of this node may hold: what is on is that one's. */
    Stance of(KeeperState state) {
        return state.around().locked() ? of(state.lease()) : new Stance.Undecided();
    }

    private Stance of(LeaseState state) {
        return switch (state.role()) {
            case LeaseRole.Holder holder -> new Stance.Holding(holder.rightEndsNanos(), holder.kernelEndsNanos());
            case LeaseRole.Leaving leaving -> new Stance.Off();
            case LeaseRole.Stopped stopped -> new Stance.Off();
            case LeaseRole.Follower(Optional<LossReason> lost) -> following(state, lost);
        };
    }

    private Stance following(LeaseState state, Optional<LossReason> lost) {
        boolean own = state.record()
                .map(elector::kinship)
                .filter(kinship -> kinship == Kinship.OWN || kinship == Kinship.PREVIOUS_LIFE)
                .isPresent();
        if (lost.isEmpty()) {
            return own || state.sighting().isEmpty() ? new Stance.Undecided() : new Stance.Off();
        }
        return own && lost.get() == LossReason.RENEW_DEADLINE ? new Stance.Lapsed() : new Stance.Off();
    }
}
