package io.vipkeeper.bootstrap;

import java.util.Optional;

import io.vipkeeper.bootstrap.BootstrapState.Phase;
import io.vipkeeper.lease.LeaseRole;
import io.vipkeeper.lease.LeaseState;
import io.vipkeeper.vip.Caution;
import io.vipkeeper.vip.Stance;
import io.vipkeeper.vip.VipState;

/** Decides when a node stands for the address before it can be elected, and how careful an elected one is. */
public final class Bootstrap {

    /** A node that stands is stepped this often. */
    private static final long STEP_NANOS = 50_000_000L;

    private static final long CLAIM_NANOS = 1_000_000_000L;

    private final BootstrapRules rules;

    public Bootstrap(BootstrapRules rules) {
        this.rules = rules;
    }

    /**
     * What a step found.
     *
     * @param fit whether this node may hold at all
     * @param linkUsable whether it can be heard
     * @param refused a read was just answered 403
     * @param contested another machine just answered for the address, or wants it
     */
    public record Finding(
            boolean fit, boolean linkUsable, boolean refused, boolean contested, LeaseState lease, VipState vip) {}

    /** One step, after the election's. */
    public BootstrapState step(BootstrapState before, Finding found, long now) {
        boolean contested = found.contested() && rules.yields();
        boolean looked = found.lease().sighting().isPresent() && rules.endsForGood();
        boolean steady = isSteady(before, now);
        boolean holds = found.lease().role() instanceof LeaseRole.Holder || before.standing() && steady;
        boolean answers = holds && found.vip().allBound() && found.linkUsable();
        BootstrapState state = new BootstrapState(
                before.phase(),
                found.refused() ? Optional.of(now) : before.refusedNanos(),
                contested || !found.fit() ? now : before.quietSinceNanos(),
                now,
                answers ? Optional.of(now) : before.answeredNanos(),
                looked ? before.takingUntilNanos().or(() -> Optional.of(now + CLAIM_NANOS)) : Optional.empty());
        boolean goesOn = before.standing() && steady && !contested;
        return state.in(looked ? afterLook(state, found, goesOn) : beforeLook(state, found, goesOn));
    }

    /**
     * Whether this node has stood without a gap until now, so that nobody can have held what turns out to be missing.
     */
    public boolean vouches(BootstrapState state, VipState vip, long now) {
        return state.standing() && isSteady(state, now) && vip.allBound();
    }

    private boolean isSteady(BootstrapState state, long now) {
        return now - state.steppedNanos() <= rules.longestStepNanos();
    }

    private Phase beforeLook(BootstrapState state, Finding found, boolean stands) {
        long now = state.steppedNanos();
        boolean refused = state.refusedNanos()
                .filter(last -> now - last < rules.refusalNanos())
                .isPresent();
        boolean may =
                rules.wanted() && refused && follows(found) && !found.lease().stopping();
        boolean quiet = now - state.quietSinceNanos() >= rules.quietNanos();
        return may && quiet && (stands || found.vip().noneBound()) ? Phase.STANDING : Phase.LISTENING;
    }

    /** A Lease that may be taken at once is taken without letting go of the address. */
    private static Phase afterLook(BootstrapState state, Finding found, boolean stands) {
        long now = state.steppedNanos();
        // The watch may have been first to tell, and then the read that is under way comes before the claim.
        boolean claims = found.lease().pending().isPresent()
                && found.lease()
                        .sighting()
                        .filter(seen -> now - seen.claimableAtNanos() >= 0)
                        .isPresent();
        boolean inTime =
                state.takingUntilNanos().filter(until -> now - until < 0).isPresent();
        return stands && claims && inTime && follows(found) ? Phase.STANDING : Phase.OVER;
    }

    private static boolean follows(Finding found) {
        return found.fit() && found.lease().role() instanceof LeaseRole.Follower;
    }

    /** What a node that was not elected does, if this decides it. */
    public Optional<Stance> stance(BootstrapState state, LeaseState lease, VipState vip, boolean linkUsable, long now) {
        boolean follows = lease.role() instanceof LeaseRole.Follower follower
                && follower.lost().isEmpty();
        if (!rules.wanted() || !follows) {
            return Optional.empty();
        }
        return switch (state.phase()) {
            case STANDING ->
                Optional.of(new Stance.Holding(rules.rightEnds(now), rules.kernelEnds(now), rules.provisional()));
            case LISTENING -> linkUsable || !vip.noneBound() ? Optional.of(new Stance.Listening()) : Optional.empty();
            case OVER -> vip.noneBound() ? Optional.empty() : Optional.of(new Stance.Off());
        };
    }

    /** Whether this node answered itself until a moment ago, so that nobody else need be asked. */
    public boolean isKnown(BootstrapState state, long now) {
        return isRecent(state.answeredNanos(), now);
    }

    /**
     * What an elected node does before it puts the address on.
     *
     * @param heardNanos when the holder before it was heard last; empty if it may have been silent for long
     */
    public Caution caution(Optional<Long> heardNanos, long now) {
        return isRecent(heardNanos, now) ? Caution.NONE : rules.unknown();
    }

    private boolean isRecent(Optional<Long> moment, long now) {
        return moment.isPresent() && now - moment.get() < rules.knownNanos();
    }

    /** When the next step is due if nothing else happens. */
    public long wakeAt(BootstrapState state, long now) {
        long waited = state.quietSinceNanos() + rules.quietNanos();
        if (state.standing()) {
            return now + STEP_NANOS;
        }
        return state.phase() == Phase.LISTENING && waited - now > 0 ? waited : now + 1_000_000_000L;
    }
}
