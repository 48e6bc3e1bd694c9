package io.vipkeeper.grant;

import java.util.List;
import java.util.Optional;

import io.vipkeeper.grant.GrantState.Giving;
import io.vipkeeper.lease.LeaseRole;
import io.vipkeeper.lease.LossReason;
import io.vipkeeper.lease.Moments;
import io.vipkeeper.lease.Rules;

/**
 * How a holder gives the Lease to a peer that says it is ready: the address goes first, then the successor is told, which
 * replaces the very version by which this node held. Works without any API server of its own.
 */
final class Giver {
    private static final long PATIENCE_NANOS = 200_000_000L;
    private static final long AGAIN_NANOS = 15_000_000L;
    private static final int TIMES = 4;

    /** A millisecond less than the longest: what is said is rounded up. */
    private static final long LINGER_NANOS = Rules.LONGEST_LINGER_NANOS - 1_000_000L;

    /**
     * When all API servers fall silent at once, their nodes notice within so long of each other. For whoever cannot prove
     * that its own serves, as it probes none.
     */
    private static final long SPREAD_NANOS = 250_000_000L;

    private static final long SETTLED_NANOS = 1_500_000_000L;
    static final long AFTERWARDS_NANOS = 1_000_000_000L;
    private static final long FIRST_CALM_NANOS = 10_000_000_000L;
    private static final long LONGEST_CALM_NANOS = 300_000_000_000L;

    void act(GrantTurn turn) {
        switch (turn.situation.lease().role()) {
            case LeaseRole.Leaving leaving -> leave(turn, leaving);
            case LeaseRole.Holder holder -> turn.giving = Optional.empty();
            case LeaseRole.Follower follower ->
                turn.giving = turn.giving.filter(given -> !turn.reached(given.releaseAtNanos() + AFTERWARDS_NANOS));
            case LeaseRole.Stopped stopped -> {}
        }
    }

    /** When the successor is to be told again. */
    Optional<Long> wakeAt(GrantState state, Situation situation) {
        if (!(situation.lease().role() instanceof LeaseRole.Leaving leaving)) {
            return Optional.empty();
        }
        Optional<Giving> giving = state.giving();
        if (leaving.addressOff()) {
            return giving.filter(given -> given.sent() < TIMES).map(Giving::nextNanos);
        }
        return giving.filter(given -> lingers(given, situation, state.steppedNanos()))
                .map(given -> given.offered() < TIMES && isTight(given, situation)
                        ? Moments.earlier(given.nextNanos(), given.lingerEndsNanos())
                        : given.lingerEndsNanos());
    }

    /** Until when a leaving holder may answer: no longer when its successor has the Lease. */
    long lingerEnds(GrantTurn turn) {
        boolean lingers = turn.giving.isPresent() && lingers(turn.giving.get(), turn.situation, turn.now);
        return lingers ? turn.giving.get().lingerEndsNanos() : turn.now;
    }

    private static boolean lingers(Giving giving, Situation situation, long now) {
        return situation.lease().role() instanceof LeaseRole.Leaving leaving
                && !leaving.addressOff()
                && !giving.taken()
                && giving.lingerEndsNanos() - now > 0;
    }

    /** Whether this holder is to give the Lease away because its API server is unwell and another's is not. */
    boolean wantsToLeave(GrantTurn turn) {
        boolean unwell = !turn.api.ready() || turn.situation.overdue();
        return turn.holds()
                && unwell
                && turn.reached(turn.calmUntil)
                && turn.takers().stream().anyMatch(node -> isSettled(turn, node) && isBetter(turn, node));
    }

    /** Whether {@code node}'s API server serves, and not only because nobody noticed yet that it does not. */
    private static boolean isBetter(GrantTurn turn, String node) {
        return isProven(turn, node)
                .orElseGet(() -> turn.situation.overdue() || turn.reached(turn.api.turnedNanos() + SPREAD_NANOS));
    }

    /** Empty while there is nothing to tell it by. */
    private static Optional<Boolean> isProven(GrantTurn turn, String node) {
        return turn.peers().get(node).provenNanos().flatMap(proven -> turn.api
                .unwellNanos()
                .map(unwell -> turn.rules.isProof(proven, unwell)));
    }

    /** Whoever leaves because it is unwell does so for one that is better off, and rather for one that has proven it. */
    private static Optional<String> successor(GrantTurn turn, LossReason reason) {
        List<String> takers = turn.takers();
        if (reason != LossReason.API_UNWELL) {
            return takers.stream().findFirst();
        }
        List<String> settled =
                takers.stream().filter(node -> isSettled(turn, node)).toList();
        return settled.stream()
                .filter(node -> isProven(turn, node).orElse(false))
                .findFirst()
                .or(() -> settled.stream().filter(node -> isBetter(turn, node)).findFirst())
                .or(() -> takers.stream().findFirst());
    }

    /**
     * When all API servers come back, the first to notice must not take what its holder has kept. Whoever was ready
     * before this node's server failed its first probe has not come back from the same.
     */
    private static boolean isSettled(GrantTurn turn, String node) {
        Optional<Long> unwell = turn.api.unwellNanos();
        return turn.peers()
                .get(node)
                .readySinceNanos()
                .filter(since -> turn.reached(since + SETTLED_NANOS)
                        || unwell.filter(at -> since - at <= 0).isPresent())
                .isPresent();
    }

    /** Whoever just took over for that reason stays calm for a while, so that the Lease does not wander. */
    void becameHolder(GrantTurn turn) {
        turn.damping = turn.handover.map(told -> told.handover().damping()).orElse(0);
        turn.handover = turn.handover.filter(told -> !told.off());
        long calm = turn.damping == 0 ? 0 : FIRST_CALM_NANOS << Math.min(turn.damping - 1, 5);
        turn.calmUntil = turn.now + Math.min(calm, LONGEST_CALM_NANOS);
    }

    private static void leave(GrantTurn turn, LeaseRole.Leaving leaving) {
        if (turn.giving.isEmpty() && leaving.reason() != LossReason.LINK) {
            turn.giving = successor(turn, leaving.reason()).map(node -> giving(turn, leaving, node));
        }
        boolean lost = turn.keepers().isPresent();
        turn.giving = turn.giving.map(giving -> lost ? giving.asTaken() : giving);
        boolean off = leaving.addressOff() || turn.rules.handsOverBeforeUnbind();
        turn.giving = turn.giving.map(giving -> off ? tell(turn, giving) : offer(turn, giving));
    }

    private static Giving giving(GrantTurn turn, LeaseRole.Leaving leaving, String successor) {
        long lingerEnds = leaving.held()
                .filter(held -> turn.situation.fenced() && turn.reached(turn.silentUntil))
                .map(held -> Moments.earlier(held.rightEndsNanos(), turn.now + LINGER_NANOS))
                .orElse(turn.now);
        boolean unwell = leaving.reason() == LossReason.API_UNWELL;
        return new Giving(successor, unwell, turn.now + PATIENCE_NANOS, lingerEnds, false, 0, 0, turn.now);
    }

    /** The successor takes the Lease while the address still answers here: then only the address has to move. */
    private static Giving offer(GrantTurn turn, Giving giving) {
        boolean due = lingers(giving, turn.situation, turn.now)
                && (isTight(giving, turn.situation) || !turn.rules.tightensBeforeItOffers())
                && giving.offered() < TIMES
                && turn.reached(giving.nextNanos());
        if (!due) {
            return giving;
        }
        turn.send(
                giving.successor(),
                new Message.Offer(word(turn, giving), (int) ((giving.lingerEndsNanos() - turn.now) / 1_000_000) + 1));
        return giving.offeredAgain(turn.now + AGAIN_NANOS);
    }

    /** Whether the kernel knows when the address stops to be answered for, even if this process does nothing more. */
    private static boolean isTight(Giving giving, Situation situation) {
        return situation.admittedUntilNanos() - giving.lingerEndsNanos() <= 0;
    }

    private static Giving tell(GrantTurn turn, Giving giving) {
        if (giving.sent() >= TIMES || giving.sent() > 0 && !turn.reached(giving.nextNanos())) {
            return giving;
        }
        turn.sendAll(word(turn, giving));
        long patience = giving.taken() ? TIMES * AGAIN_NANOS : PATIENCE_NANOS;
        return giving.saidAgain(
                giving.sent() == 0 ? turn.now + patience : giving.releaseAtNanos(), turn.now + AGAIN_NANOS);
    }

    private static Message.Handover word(GrantTurn turn, Giving giving) {
        return new Message.Handover(
                turn.elector.process(),
                turn.situation.lease().lastRequest(),
                giving.successor(),
                giving.unwell() ? turn.damping + 1 : 0);
    }
}
