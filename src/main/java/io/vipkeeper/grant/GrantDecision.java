package io.vipkeeper.grant;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vipkeeper.grant.GrantState.Foreign;
import io.vipkeeper.grant.GrantState.Peer;
import io.vipkeeper.lease.Accord;
import io.vipkeeper.lease.ElectorId;
import io.vipkeeper.lease.Kinship;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.lease.LeaseRole;
import io.vipkeeper.lease.LossReason;
import io.vipkeeper.lease.Moments;

/**
 * The fast path: what to say to the other candidates, and what the election may do beyond its plain rules.
 *
 * <p>Pure, like the election; the state of the election is an argument. Rules R1 to R9 are {@link GrantRules}; R10 is
 * the kernel's fence.
 */
public final class GrantDecision {
    /** A process that made no step for longer may have datagrams waiting that it did not look at yet. */
    static final long LONGEST_NAP_NANOS = 150_000_000L;

    /** Five of them fit into the time after which whoever was not heard is not there. */
    private static final long HELLO_NANOS = 300_000_000L;

    private static final long PREFERENCE_NANOS = 30_000_000L;
    private static final int MOST_PEERS = 16;

    private final ElectorId elector;
    private final GrantRules rules;
    private final int weight;
    private final Grantor grantor = new Grantor();
    private final Taker taker = new Taker();
    private final Helmsman helmsman = new Helmsman();
    private final Giver giver = new Giver();

    /** @param weight the preference among those who could take over, 0 to 255 */
    public GrantDecision(ElectorId elector, GrantRules rules, int weight) {
        this.elector = elector;
        this.rules = rules;
        this.weight = weight;
    }

    /** One event's consequences; also to be called with a Tick when {@link #wakeAt} has come. */
    public GrantStep step(GrantState before, GrantEvent event, Situation situation, long now) {
        GrantTurn turn = new GrantTurn(before, elector, rules, weight, situation, now);
        switch (event) {
            case GrantEvent.Tick() -> {}
            case GrantEvent.Candidates(List<Candidate> all) -> know(turn, all);
            case GrantEvent.ControlPlane(var nodes) -> turn.controlPlane = Optional.of(nodes);
            case GrantEvent.Received(String from, Message message) -> grantor.received(turn, from, message);
            case GrantEvent.LocalApi local -> turn.api = turn.api.told(local, now);
        }
        changes(turn, before);
        helmsman.act(turn);
        giver.act(turn);
        taker.act(turn);
        hello(turn);
        Accord accord = accord(turn);
        return new GrantStep(turn.finish(), turn.sends(), accord);
    }

    /** When the next step is due if nothing else happens. */
    public long wakeAt(GrantState state, Situation situation, long now) {
        long wake = Moments.earlier(state.nextHelloNanos(), now + HELLO_NANOS);
        if (situation.lease().role() instanceof LeaseRole.Holder) {
            wake = Moments.earlier(wake, state.helm().nextBeatNanos());
        }
        if (state.silentUntilNanos() - now > 0) {
            wake = Moments.earlier(wake, state.silentUntilNanos());
        }
        Optional<Long> says = giver.wakeAt(state, situation);
        wake = says.isPresent() ? Moments.earlier(wake, says.get()) : wake;
        if (state.candidacy().isPresent() || situation.lease().role() instanceof LeaseRole.Follower) {
            Optional<Long> next = taker.wakeAt(new GrantTurn(state, elector, rules, weight, situation, now));
            wake = next.isPresent() ? Moments.earlier(wake, next.get()) : wake;
        }
        return Moments.later(wake, now);
    }

    private static void know(GrantTurn turn, List<Candidate> all) {
        Map<String, Peer> known = new HashMap<>();
        for (Candidate candidate : all) {
            if (!candidate.node().equals(turn.elector.identity()) && known.size() < MOST_PEERS) {
                Peer before = turn.peers().get(candidate.node());
                boolean same = before != null && before.process().equals(candidate.process());
                known.put(candidate.node(), same ? before : fresh(candidate, turn.now));
            }
        }
        turn.know(known);
    }

    private static Peer fresh(Candidate candidate, long now) {
        return new Peer(
                candidate.process(),
                new Message.Standing(false, false, candidate.weight()),
                Optional.empty(),
                Optional.empty(),
                now,
                Optional.empty());
    }

    /** Takes note of what the election did since the last step. */
    private void changes(GrantTurn turn, GrantState before) {
        Optional<LeaseRecord> record = turn.record();
        if (record.isPresent() && isForeign(turn.elector.kinship(record.get()))) {
            turn.foreign = Optional.of(new Foreign(record.get().holderIdentity(), turn.now));
        }
        if (turn.holds() && !before.holding()) {
            giver.becameHolder(turn);
        }
        boolean lapsedNow = before.holding()
                && turn.situation.lease().role() instanceof LeaseRole.Follower(Optional<LossReason> lost)
                && lost.filter(reason -> reason == LossReason.MAJORITY).isPresent();
        if (lapsedNow) {
            turn.lapsed = Optional.of(turn.now);
        }
    }

    private static boolean isForeign(Kinship kinship) {
        return kinship == Kinship.FOREIGN || kinship == Kinship.NAMESAKE;
    }

    /** A sign of life; a holder's heartbeats are one. */
    private static void hello(GrantTurn turn) {
        if (turn.reached(turn.nextHello)) {
            turn.nextHello = turn.now + HELLO_NANOS;
            if (!turn.holds()) {
                turn.sendAll(new Message.Hello());
            }
        }
    }

    private Accord accord(GrantTurn turn) {
        boolean tight = !turn.helm.quorum().isEmpty();
        return new Accord(
                tight ? Helmsman.members(turn) : List.of(),
                tight,
                tight ? Helmsman.majorityEnds(turn) : turn.now,
                tight ? Helmsman.unanimityEnds(turn) : turn.now,
                turn.situation.fenced(),
                taker.early(turn),
                holdBack(turn),
                giver.wantsToLeave(turn),
                giver.lingerEnds(turn),
                turn.silentUntil,
                turn.giving.map(GrantState.Giving::releaseAtNanos));
    }

    /** The earliest moment for a claim by the plain rules. */
    private long holdBack(GrantTurn turn) {
        long until = turn.now;
        if (turn.bond.isPresent() && rules.keepsPromiseWhenTheLeaseRunsOut()) {
            until = Moments.later(until, turn.bond.get().untilNanos());
        }
        if (turn.follows() && turn.giving.isPresent()) {
            until = Moments.later(until, turn.giving.get().releaseAtNanos() + Giver.AFTERWARDS_NANOS);
        }
        // Whoever lost its majority is more likely cut off than everybody else: they have the first turn.
        if (turn.lapsed.isPresent()) {
            long patience = rules.pace().grant().toNanos() / (turn.situation.linkUsable() ? 2 : 1);
            until = Moments.later(until, turn.lapsed.get() + patience);
        }
        long heavier = turn.heavierTakers();
        if (heavier == 0) {
            return until;
        }
        long claimableAt = turn.situation
                .lease()
                .sighting()
                .map(seen -> seen.claimableAtNanos())
                .orElse(turn.now);
        return Moments.later(until, claimableAt + heavier * PREFERENCE_NANOS);
    }
}
