package io.vipkeeper.grant;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.vipkeeper.grant.GrantState.Bid;
import io.vipkeeper.grant.GrantState.Candidacy;
import io.vipkeeper.grant.GrantState.Peer;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.lease.Moments;

/** How a follower takes over before the Lease has run out: by a majority's promises, or by the holder's own word. */
final class Taker {
    private static final long RANK_NANOS = 30_000_000L;
    private static final long ASK_NANOS = 5_000_000L;
    private static final long GIVE_UP_NANOS = 150_000_000L;
    private static final long REST_NANOS = 40_000_000L;
    private static final long WATCHFUL_NANOS = 50_000_000L;
    private static final long HANDOVER_NANOS = 1_000_000_000L;

    void act(GrantTurn turn) {
        if (!turn.follows()) {
            turn.candidacy = Optional.empty();
            return;
        }
        if (turn.candidacy.isPresent() && !goesOn(turn, turn.candidacy.get())) {
            turn.candidacy = Optional.empty();
        }
        if (turn.candidacy.isEmpty() && mayBegin(turn)) {
            turn.candidacy = turn.keepers()
                    .map(record -> new Candidacy(
                            record.resourceVersion(), turn.elector.members(record), turn.now, turn.now, Set.of()));
        }
        if (turn.candidacy.isPresent()) {
            turn.candidacy = Optional.of(asking(turn, turn.candidacy.get()));
        }
    }

    /**
     * The version that may be replaced now. Once it was won it stays so: whoever held by it has lost that right for
     * good, whatever is promised or written later.
     */
    Optional<String> early(GrantTurn turn) {
        if (!turn.follows()) {
            return Optional.empty();
        }
        boolean hopes = turn.handover.isPresent() || turn.candidacy.isPresent();
        if (hopes && won(turn).isEmpty() && turn.isReady()) {
            turn.bid = given(turn).or(() -> elected(turn)).or(() -> turn.bid);
        }
        return turn.isReady() ? won(turn) : Optional.empty();
    }

    private static Optional<String> won(GrantTurn turn) {
        boolean won = turn.bid.isPresent()
                && turn.keepers().isPresent()
                && turn.bid.get().base().equals(turn.keepers().get().resourceVersion());
        return won ? Optional.of(turn.bid.get().base()) : Optional.empty();
    }

    private static Optional<Bid> given(GrantTurn turn) {
        return turn.handover
                .filter(told -> !turn.reached(told.atNanos() + HANDOVER_NANOS))
                .filter(told -> told.handover().successor().equals(turn.elector.identity()))
                .flatMap(told -> turn.keepers()
                        .filter(record -> Grantor.isGivenAway(record, told.handover()))
                        .map(record ->
                                new Bid(record.resourceVersion(), true, told.atNanos(), told.atNanos(), turn.now)));
    }

    private static Optional<Bid> elected(GrantTurn turn) {
        String holder = turn.record().map(LeaseRecord::holderIdentity).orElse("");
        return turn.candidacy
                .filter(own -> isElected(turn, own))
                .map(own -> new Bid(
                        own.base(),
                        false,
                        Optional.ofNullable(turn.peers().get(holder))
                                .flatMap(Peer::heardNanos)
                                .orElse(own.startedNanos()),
                        own.startedNanos(),
                        turn.now));
    }

    /** When it has something to do next; nothing while a claim may be on its way but to end the attempt. */
    Optional<Long> wakeAt(GrantTurn turn) {
        if (turn.candidacy.isPresent()) {
            Candidacy own = turn.candidacy.get();
            long over = own.startedNanos() + GIVE_UP_NANOS;
            return Optional.of(turn.claims() ? over : Moments.earlier(over, own.nextAskNanos()));
        }
        // To be awake when it counts, a follower must have been awake before.
        long watchful = turn.now + WATCHFUL_NANOS;
        Optional<Long> soonest = soonest(turn);
        boolean waits = soonest.isEmpty()
                || soonest.get() - watchful >= 0
                || turn.claims()
                || won(turn).isPresent();
        return waits
                ? soonest.map(begins -> watchful)
                : Optional.of(Moments.earlier(beginsAt(turn, soonest.get()), watchful));
    }

    /** When the first in rank may begin an attempt to take over, if the holder stays silent and this node may at all. */
    private static Optional<Long> soonest(GrantTurn turn) {
        if (!turn.follows() || !turn.isReady() || !members(turn).contains(turn.elector.identity())) {
            return Optional.empty();
        }
        long begins = Moments.later(
                turn.awake + turn.rules.pace().interval().toNanos(), turn.rules.mayPromiseAt(turn.started));
        if (turn.bond.isPresent() && turn.rules.waitsForOwnPromise()) {
            begins = Moments.later(begins, turn.bond.get().untilNanos());
        }
        return Optional.of(begins);
    }

    /** When this node may, which is not sooner. */
    private static long beginsAt(GrantTurn turn, long soonest) {
        return Moments.later(soonest + rankOf(turn) * RANK_NANOS, turn.restUntil);
    }

    private static List<String> members(GrantTurn turn) {
        return turn.keepers().isPresent() ? turn.elector.members(turn.keepers().get()) : List.of();
    }

    static Candidacy withVote(Candidacy own, String from, long stamp) {
        if (stamp - own.startedNanos() < 0 || !own.members().contains(from)) {
            return own;
        }
        return own.withVoter(from);
    }

    private boolean mayBegin(GrantTurn turn) {
        Optional<Long> soonest = soonest(turn);
        return soonest.isPresent()
                && turn.reached(soonest.get())
                && won(turn).isEmpty()
                && !turn.claims()
                && turn.reached(beginsAt(turn, soonest.get()));
    }

    private static long rankOf(GrantTurn turn) {
        List<String> members = members(turn);
        String holder = turn.record().map(LeaseRecord::holderIdentity).orElse("");
        return turn.rank(
                turn.elector.identity(),
                members.stream().filter(member -> !member.equals(holder)).toList());
    }

    private static boolean goesOn(GrantTurn turn, Candidacy own) {
        boolean same = turn.record()
                .filter(record -> record.resourceVersion().equals(own.base()))
                .isPresent();
        boolean over = turn.reached(own.startedNanos() + GIVE_UP_NANOS);
        if (same && over) {
            turn.restUntil = turn.now + REST_NANOS * (1 + rankOf(turn));
        }
        return same && !over;
    }

    private static Candidacy asking(GrantTurn turn, Candidacy own) {
        if (!turn.reached(own.nextAskNanos()) || turn.claims()) {
            return own;
        }
        Message.Ask ask =
                new Message.Ask(turn.transitions(), turn.now, turn.rules.pace().grantMillis());
        own.members().stream()
                .filter(turn.peers()::containsKey)
                .filter(member -> !own.voters().contains(member))
                .forEach(member -> turn.send(member, ask));
        return own.askingAt(turn.now + ASK_NANOS);
    }

    private static boolean isElected(GrantTurn turn, Candidacy own) {
        long votes = own.voters().stream()
                .map(turn.peers()::get)
                .filter(peer -> peer != null && stands(turn, peer))
                .count();
        return votes + 1 >= turn.rules.majority(own.members().size());
    }

    private static boolean stands(GrantTurn turn, Peer peer) {
        return !turn.reached(peer.countsUntilNanos());
    }
}
