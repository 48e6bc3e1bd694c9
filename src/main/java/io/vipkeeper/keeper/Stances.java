package io.vipkeeper.keeper;

import java.util.Optional;

import io.vipkeeper.bootstrap.Bootstrap;
import io.vipkeeper.lease.ElectorId;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.lease.LeaseRole;
import io.vipkeeper.lease.LeaseState;
import io.vipkeeper.lease.LossReason;
import io.vipkeeper.lease.Moments;
import io.vipkeeper.vip.Stance;

/** What the election's state means for the address. */
final class Stances {
    private final ElectorId elector;
    private final Bootstrap bootstrap;
    private final Precaution precaution;

    Stances(KeeperSettings settings, Bootstrap bootstrap) {
        this.bootstrap = bootstrap;
        elector = settings.elector();
        precaution = new Precaution(settings, bootstrap);
    }

    /** Without the identity lock another process of this node may hold: what is on is that one's. */
    Stance of(KeeperState state, long now) {
        if (!state.around().locked()) {
            return new Stance.Undecided();
        }
        Optional<Stance> provisional = bootstrap.stance(
                state.bootstrap(), state.lease(), state.vip(), state.around().linkUsable(), now);
        return provisional.isPresent() ? provisional.get() : elected(state, now);
    }

    private Stance elected(KeeperState whole, long now) {
        LeaseState state = whole.lease();
        boolean silent = isSilent(state, now);
        return switch (state.role()) {
            case LeaseRole.Holder holder ->
                silent
                        ? new Stance.Off()
                        : new Stance.Holding(
                                holder.rightEndsNanos(), holder.kernelEndsNanos(), precaution.of(whole, now));
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
        boolean own = state.record().isPresent() && isOwn(state.record().get());
        if (lost.isEmpty()) {
            return own || state.sighting().isEmpty() ? new Stance.Undecided() : new Stance.Off();
        }
        return own && lost.get() == LossReason.RENEW_DEADLINE ? new Stance.Lapsed() : new Stance.Off();
    }

    private boolean isOwn(LeaseRecord record) {
        return switch (elector.kinship(record)) {
            case OWN, PREVIOUS_LIFE -> true;
            case FOREIGN, FREED, FREED_BY_KEEPER, KEEPER, NAMESAKE, TWIN -> false;
        };
    }
}
