package io.vipkeeper.keeper;

import java.util.Optional;

import io.vipkeeper.lease.ElectorId;
import io.vipkeeper.lease.Kinship;
import io.vipkeeper.lease.LeaseRole;
import io.vipkeeper.lease.LeaseState;
import io.vipkeeper.lease.LossReason;
import io.vipkeeper.lease.Moments;
import io.vipkeeper.vip.Stance;

/** What the election's state means for the address. */
final class Stances {
    private final ElectorId elector;

    Stances(ElectorId elector) {
        this.elector = elector;
    }

    /** Without the identity lock another process of this node may hold: what is on is that one's. */
    Stance of(KeeperState state, long now) {
        return state.around().locked() ? of(state.lease(), now) : new Stance.Undecided();
    }

    private Stance of(LeaseState state, long now) {
        boolean silent = isSilent(state, now);
        return switch (state.role()) {
            case LeaseRole.Holder holder ->
                silent ? new Stance.Off() : new Stance.Holding(holder.rightEndsNanos(), holder.kernelEndsNanos());
            case LeaseRole.Leaving leaving -> silent ? new Stance.Off() : leaving(state, leaving, now);
            case LeaseRole.Stopped stopped -> new Stance.Off();
            case LeaseRole.Follower(Optional<LossReason> lost) -> following(state, lost);
        };
    }

    /** Whether the holder before this one may still answer. */
    static boolean isSilent(LeaseState state, long now) {
        return state.accord().silentUntilNanos() - now > 0;
    }

    /** The address stays on for a moment when a successor is to take the Lease first. */
    private static Stance leaving(LeaseState state, LeaseRole.Leaving leaving, long now) {
        long ends = state.accord().lingerEndsNanos();
        return leaving.held()
                .filter(held -> !leaving.addressOff() && ends - now > 0)
                .<Stance>map(held -> new Stance.Lingering(Moments.earlier(ends, held.rightEndsNanos())))
                .orElse(new Stance.Off());
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
