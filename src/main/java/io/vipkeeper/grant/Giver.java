package io.vipkeeper.grant;

import java.util.Optional;

import io.vipkeeper.grant.GrantState.Giving;
import io.vipkeeper.lease.LeaseRole;
import io.vipkeeper.lease.LossReason;

/**
 * How a holder gives the Lease to a peer that says it is ready: the address goes first, then the successor is told, which
 * replaces the very version by which this node held. Works without any API server of its own.
 */
final class Giver {
    private static final long PATIENCE_NANOS = 200_000_000L;
    private static final long AGAIN_NANOS = 15_000_000L;
    private static final int TIMES = 4;

    /** When all API servers fall silent at once, their nodes notice within so long of each other. */
    private static final long SPREAD_NANOS = 250_000_000L;

    private static final long SETTLED_NANOS = 1_500_000_000L;
    static final long AFTERWARDS_NANOS = 1_000_000_000L;
    private static final long FIRST_CALM_NANOS = 10_000_000_000L;
    private static final long LONGEST_CALM_NANOS = 300_000_000_000L;

    void act(GrantTurn turn) {
        switch (turn.situation.lease().role()) {
            case LeaseRole.Leaving(LossReason reason, long until, boolean off) -> leave(turn, reason, off);
            case LeaseRole.Holder holder -> turn.giving = Optional.empty();
            case LeaseRole.Follower follower ->
                turn.giving = turn.giving.filter(given -> !turn.reached(given.releaseAtNanos() + AFTERWARDS_NANOS));
            case LeaseRole.Stopped stopped -> {}
        }
    }

    /** When the successor is to be told again; nothing before the address is off. */
    Optional<Long> wakeAt(GrantState state, Situation situation) {
        boolean off = situation.lease().role() instanceof LeaseRole.Leaving leaving && leaving.addressOff();
        return state.giving().filter(giving -> off && giving.sent() < TIMES).map(Giving::nextNanos);
    }

    /** Whether this holder is to give the Lease away because its API server is unwell and another's is not. */
    boolean wantsToLeave(GrantTurn turn) {
        boolean unwell = !turn.apiReady && turn.reached(turn.apiTurned + SPREAD_NANOS) || turn.situation.overdue();
        return turn.holds()
                && unwell
                && turn.reached(turn.calmUntil)
                && turn.takers().stream().anyMatch(node -> isSettled(turn, node));
    }

    /** When all API servers come back, the first to notice must not take what its holder has kept. */
    private static boolean isSettled(GrantTurn turn, String node) {
        return turn.peers
                .get(node)
                .readySinceNanos()
                .filter(since -> turn.reached(since + SETTLED_NANOS))
                .isPresent();
    }

    /** Whoever just took over for that reason stays calm for a while, so that the Lease does not wander. */
    void becameHolder(GrantTurn turn) {
        turn.damping = turn.handover.map(told -> told.handover().damping()).orElse(0);
        turn.handover = Optional.empty();
        long calm = turn.damping == 0 ? 0 : FIRST_CALM_NANOS << Math.min(turn.damping - 1, 5);
        turn.calmUntil = turn.now + Math.min(calm, LONGEST_CALM_NANOS);
    }

    private static void leave(GrantTurn turn, LossReason reason, boolean off) {
        if (turn.giving.isEmpty() && reason != LossReason.LINK) {
            turn.giving = turn.takers().stream()
                    .findFirst()
                    .map(successor -> new Giving(
                            successor, reason == LossReason.API_UNWELL, turn.now + PATIENCE_NANOS, 0, turn.now));
        }
        boolean tells = off || turn.rules.handsOverBeforeUnbind();
        turn.giving = turn.giving.map(giving -> tells ? tell(turn, giving) : giving);
    }

    private static Giving tell(GrantTurn turn, Giving giving) {
        if (giving.sent() >= TIMES || !turn.reached(giving.nextNanos())) {
            return giving;
        }
        turn.sendAll(new Message.Handover(
                turn.elector.process(),
                turn.situation.lease().lastRequest(),
                giving.successor(),
                giving.unwell() ? turn.damping + 1 : 0));
        return new Giving(
                giving.successor(),
                giving.unwell(),
                giving.sent() == 0 ? turn.now + PATIENCE_NANOS : giving.releaseAtNanos(),
                giving.sent() + 1,
                turn.now + AGAIN_NANOS);
    }
}
