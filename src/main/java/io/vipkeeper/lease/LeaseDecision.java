package io.vipkeeper.lease;

import java.util.Optional;

import io.vipkeeper.lease.LeaseState.Pending;

/**
 * The election: what to ask of the API server, and from when until when this node holds.
 *
 * <pre>
 *              write succeeded                 not eligible, stop
 *   Follower ------------------&gt; Holder ---------------------------&gt; Leaving --&gt; Follower
 *      ^                            |                                    |
 *      +----------------------------+                                    +--------&gt; Stopped
 *        right ended, taken, emptied
 * </pre>
 *
 * <p>Pure: {@code now} is nanoseconds of one monotonic clock, handed in; nothing is kept between calls. The clock is
 * looked at before the event, so that a late answer never prolongs what has ended.
 */
public final class LeaseDecision implements Election {

    /** How long a release may hold up a stop. */
    private static final long RELEASE_NANOS = 1_000_000_000L;

    private final ElectorId elector;
    private final Rules rules;
    private final LeaseAnswers answers = new LeaseAnswers();

    public LeaseDecision(ElectorId elector, Rules rules) {
        this.elector = elector;
        this.rules = rules;
    }

    @Override
    public LeaseStep step(LeaseState before, LeaseEvent event, long nowNanos) {
        LeaseTurn turn = new LeaseTurn(before, elector, rules, nowNanos);
        endRight(turn);
        switch (event) {
            case LeaseEvent.Tick() -> {}
            case LeaseEvent.Seen(LeaseRecord record) -> answers.watched(turn, record);
            case LeaseEvent.Gone() -> answers.gone(turn);
            case LeaseEvent.Answered(long request, LeaseAnswer answer) -> answers.answered(turn, request, answer);
            case LeaseEvent.Eligible(boolean eligible, LossReason reason) -> qualify(turn, eligible, reason);
            case LeaseEvent.Accorded(Accord accord) -> accord(turn, accord);
            case LeaseEvent.Vouched() -> turn.vouch();
            case LeaseEvent.AddressOff() -> addressOff(turn);
            case LeaseEvent.Stop() -> stop(turn);
        }
        endAttempt(turn);
        act(turn);
        return turn.finish();
    }

    @Override
    public long wakeAt(LeaseState state, long nowNanos) {
        long request = state.pending().isPresent()
                ? attemptEnds(
                        state.pending().get(), state.accord(), state.sighting().isEmpty())
                : state.notBeforeNanos();
        long wake =
                switch (state.role()) {
                    case LeaseRole.Holder holder -> Moments.earlier(request, holder.rightEndsNanos());
                    case LeaseRole.Leaving leaving ->
                        leaving.addressOff()
                                ? Moments.earlier(releaseAt(state, request), leaving.untilNanos())
                                : leaving.untilNanos();
                    case LeaseRole.Stopped() -> nowNanos + rules.retryNanos();
                    case LeaseRole.Follower follower -> state.pending().isPresent() ? request : nextMove(state);
                };
        return wake - nowNanos > 0 ? wake : nowNanos;
    }

    private static long releaseAt(LeaseState state, long request) {
        return state.accord()
                .releaseAtNanos()
                .map(at -> Moments.later(at, request))
                .orElse(request);
    }

    private static long nextMove(LeaseState state) {
        if (state.mustRead() || state.sighting().isEmpty()) {
            return state.notBeforeNanos();
        }
        long move = state.eligible()
                ? Moments.earlier(
                        state.pollAtNanos(), claimableAt(state.sighting().get(), state.accord()))
                : state.pollAtNanos();
        return move - state.notBeforeNanos() > 0 ? move : state.notBeforeNanos();
    }

    private void endRight(LeaseTurn turn) {
        if (turn.role instanceof LeaseRole.Holder holder && turn.reached(holder.rightEndsNanos())) {
            boolean alone = turn.reached(holder.plainEndsNanos());
            if (alone || !rules.mayRevive()) {
                turn.follow(Optional.of(alone ? LossReason.RENEW_DEADLINE : LossReason.MAJORITY));
            }
        }
    }

    private void accord(LeaseTurn turn, Accord accord) {
        boolean rewrites = !accord.members().equals(turn.accord.members());
        boolean offered = accord.early().isPresent() && !accord.early().equals(turn.accord.early());
        turn.accord = accord;
        if (offered && turn.conflicts.mayHurry(true)) {
            // Whatever this node waited for, others wait for its claim now.
            turn.notBefore = turn.now;
        }
        if (turn.role instanceof LeaseRole.Holder) {
            if (accord.leave()) {
                leave(turn, LossReason.API_UNWELL);
            } else if (rewrites) {
                turn.notBefore = turn.now;
            }
        }
    }

    private long attemptEnds(Pending pending, Accord accord, boolean knowsNothing) {
        if (knowsNothing && pending.request() < rules.eagerRequests()) {
            return pending.sentNanos() + rules.eagerAttemptNanos();
        }
        boolean hasty = pending.kind() == RequestKind.ACQUIRE && accord.early().isPresent();
        return pending.sentNanos() + (hasty ? rules.hastyAttemptNanos() : rules.attemptNanos());
    }

    private void endAttempt(LeaseTurn turn) {
        if (turn.pending.isPresent()
                && turn.reached(attemptEnds(turn.pending.get(), turn.accord, turn.sighting.isEmpty()))) {
            turn.pending = Optional.empty();
            turn.notBefore = turn.now;
        }
    }

    private void qualify(LeaseTurn turn, boolean eligible, LossReason reason) {
        turn.eligible = eligible;
        if (!eligible && turn.role instanceof LeaseRole.Holder) {
            leave(turn, reason);
        }
    }

    private void stop(LeaseTurn turn) {
        turn.stopping = true;
        boolean named = turn.role instanceof LeaseRole.Follower && turn.owns();
        if (turn.role instanceof LeaseRole.Holder || named) {
            leave(turn, LossReason.STOPPED);
        }
    }

    private void leave(LeaseTurn turn, LossReason reason) {
        turn.leave(reason, turn.now + RELEASE_NANOS, rules.mayReleaseBeforeUnbind());
    }

    private void addressOff(LeaseTurn turn) {
        if (turn.role instanceof LeaseRole.Leaving leaving && !leaving.addressOff()) {
            turn.leave(leaving.reason(), leaving.untilNanos(), true);
            // A renewal that is still under way is overtaken: if it lands first, the release meets a conflict.
            turn.pending = Optional.empty();
        }
    }

    private void act(LeaseTurn turn) {
        switch (turn.role) {
            case LeaseRole.Follower follower -> actAsFollower(turn);
            case LeaseRole.Holder holder -> actAsHolder(turn);
            case LeaseRole.Leaving leaving -> actAsLeaving(turn, leaving);
            case LeaseRole.Stopped() -> {}
        }
    }

    private void actAsFollower(LeaseTurn turn) {
        if (turn.stopping) {
            stopUnlessClaiming(turn);
        } else if (mayClaimEarly(turn)) {
            turn.hold(RequestKind.ACQUIRE);
        } else if (turn.pending.isEmpty() && turn.reached(turn.notBefore)) {
            if (turn.mustRead || turn.sighting.isEmpty()) {
                turn.read();
            } else if (turn.eligible && turn.reached(claimableAt(turn.sighting.get(), turn.accord))) {
                claim(turn);
            } else if (turn.pollIsDue()) {
                turn.read();
            }
        }
    }

    /** A read that is under way is overtaken: what it finds is as good as watched. Not by what met a conflict already. */
    private static boolean mayClaimEarly(LeaseTurn turn) {
        if (turn.accord.early().isEmpty()) {
            return false;
        }
        boolean offered = turn.accord
                .early()
                .filter(turn.record().map(LeaseRecord::resourceVersion).orElse("")::equals)
                .isPresent();
        boolean idle = turn.pending
                .map(pending -> pending.kind() == RequestKind.READ)
                .orElseGet(() -> turn.reached(turn.notBefore) && !turn.mustRead);
        return offered && turn.eligible && idle && !turn.conflicts.outdated().equals(turn.accord.early());
    }

    private static long claimableAt(Sighting sighting, Accord accord) {
        return Moments.later(sighting.claimableAtNanos(), accord.holdBackNanos());
    }

    /** A replacement fails if anything was missed; a creation does not, so what it rests on must be fresh. */
    private static void claim(LeaseTurn turn) {
        if (turn.record().isPresent() || turn.isFresh()) {
            turn.hold(RequestKind.ACQUIRE);
        } else {
            turn.read();
        }
    }

    /** A claim whose answer is still out could name this node after it has gone. */
    private void stopUnlessClaiming(LeaseTurn turn) {
        Optional<Pending> claim = turn.pending.filter(pending -> pending.kind() == RequestKind.ACQUIRE);
        if (claim.isEmpty()) {
            turn.role = new LeaseRole.Stopped();
        }
    }

    private void actAsHolder(LeaseTurn turn) {
        if (turn.pending.isPresent() || !turn.reached(turn.notBefore)) {
            return;
        }
        if (turn.mustRead) {
            turn.read();
        } else {
            turn.hold(RequestKind.RENEW);
        }
    }

    private void actAsLeaving(LeaseTurn turn, LeaseRole.Leaving leaving) {
        if (turn.reached(leaving.untilNanos())) {
            left(turn, leaving.reason());
        } else if (leaving.addressOff() && turn.pending.isEmpty() && turn.reached(turn.notBefore)) {
            if (turn.mustRead) {
                turn.read();
            } else if (turn.accord.releaseAtNanos().map(turn::reached).orElse(true)) {
                if (turn.owns()) {
                    turn.release();
                } else {
                    left(turn, leaving.reason());
                }
            }
        }
    }

    private static void left(LeaseTurn turn, LossReason reason) {
        if (turn.stopping) {
            turn.role = new LeaseRole.Stopped();
        } else {
            turn.follow(Optional.of(reason));
        }
    }
}
