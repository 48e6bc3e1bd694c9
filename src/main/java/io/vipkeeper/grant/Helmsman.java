package io.vipkeeper.grant;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.vipkeeper.grant.GrantState.Helm;

/**
 * The holder's side: heartbeats, and when a majority of whom is to limit its right. On: the kernel learns the shorter
 * limit, then the Lease says so. Off: the Lease says so, then the limit goes.
 */
final class Helmsman {
    private static final int FEWEST = 3;

    /** How long the same candidates must answer before a majority of them is to count. */
    private static final long SETTLED_NANOS = 300_000_000L;

    /** How long a change among them is borne before the plain rules are written. */
    private static final long UNSETTLED_NANOS = 2_000_000_000L;

    void act(GrantTurn turn) {
        if (!turn.holds()) {
            turn.helm = new Helm(List.of(), false, List.of(), turn.now, turn.helm.nextBeatNanos());
            return;
        }
        follow(turn);
        settle(turn);
        beat(turn);
    }

    private static void beat(GrantTurn turn) {
        if (turn.reached(turn.helm.nextBeatNanos())) {
            turn.sendAll(new Message.Beat(
                    turn.transitions(), turn.now, turn.rules.pace().grantMillis()));
            turn.helm = turn.helm.beatingAt(turn.now + untilNextBeat(turn));
        }
    }

    /**
     * The less is left of a majority's promises, the faster: a lost datagram is no failure yet, and a dozen of them in
     * a row are rare even where every other one is lost. A majority that is gone is asked so for a fraction of a grant.
     */
    private static long untilNextBeat(GrantTurn turn) {
        long interval = turn.rules.pace().interval().toNanos();
        long grant = turn.rules.pace().grant().toNanos();
        long left = turn.helm.quorum().isEmpty() ? grant : majorityEnds(turn) - turn.now;
        if (left < grant / 2) {
            return interval / 5;
        }
        return left < grant - 2 * interval ? interval / 2 : interval;
    }

    /** Takes note of whom the answers suggest. */
    private static void follow(GrantTurn turn) {
        List<String> target = target(turn);
        if (!target.equals(turn.helm.target())) {
            turn.helm = turn.helm.withTarget(target, turn.now);
        }
    }

    private static List<String> target(GrantTurn turn) {
        Helm helm = turn.helm;
        if (!turn.situation.linkUsable()) {
            return helm.quorum();
        }
        boolean guarded =
                turn.situation.fenced() || turn.rules.pace().grant().compareTo(Pace.SHORTEST_UNFENCED_GRANT) >= 0;
        List<String> answering = new ArrayList<>();
        answering.add(turn.elector.identity());
        turn.peers().forEach((node, peer) -> {
            if (!turn.reached(peer.countsUntilNanos())) {
                answering.add(node);
            }
        });
        Collections.sort(answering);
        return guarded && answering.size() >= FEWEST && !turn.hasStrangers() ? answering : List.of();
    }

    private static void settle(GrantTurn turn) {
        Helm helm = turn.helm;
        boolean plain = helm.quorum().isEmpty();
        long patience = plain ? SETTLED_NANOS : UNSETTLED_NANOS;
        boolean differs = !helm.target().equals(helm.quorum());
        if (differs && turn.reached(helm.targetSinceNanos() + patience)) {
            turn.helm = plain ? helm.with(helm.target(), false) : helm.with(helm.quorum(), true);
        }
        if (turn.helm.withdrawing() && turn.situation.lease().fastWrite() == 0) {
            turn.helm = turn.helm.with(List.of(), false);
        }
    }

    static long majorityEnds(GrantTurn turn) {
        List<String> quorum = turn.helm.quorum();
        return turn.endOfPromises(quorum, turn.rules.majority(quorum.size()));
    }

    static long unanimityEnds(GrantTurn turn) {
        List<String> quorum = turn.helm.quorum();
        boolean surely = !quorum.isEmpty() && turn.controlPlane.isPresent() && !turn.hasStrangers();
        return surely ? turn.endOfPromises(quorum, quorum.size()) : turn.now;
    }

    /** What the next write is to say. */
    static List<String> members(GrantTurn turn) {
        boolean told = turn.situation.admittedUntilNanos() - majorityEnds(turn) <= 0
                || turn.situation.lease().fastWrite() > 0
                || !turn.rules.tightensBeforeItWrites();
        return turn.helm.withdrawing() || !told ? List.of() : turn.helm.quorum();
    }
}
