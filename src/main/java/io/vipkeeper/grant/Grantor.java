package io.vipkeeper.grant;

import java.util.Optional;

import io.vipkeeper.grant.GrantState.Bond;
import io.vipkeeper.grant.GrantState.Peer;
import io.vipkeeper.grant.GrantState.Told;
import io.vipkeeper.lease.ElectorId;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.lease.LeaseRole;
import io.vipkeeper.lease.Rules;

/** What a candidate answers to the others. */
final class Grantor {

    void received(GrantTurn turn, String from, Message message) {
        Peer peer = turn.peers().get(from);
        if (peer == null) {
            return;
        }
        turn.put(from, peer.heard(message.standing(), turn.now));
        switch (message.content()) {
            case Message.Hello() -> {}
            case Message.Beat(int term, long stamp, int millis) -> beat(turn, from, term, stamp, millis);
            case Message.Ask(int term, long stamp, int millis) -> ask(turn, from, stamp, millis);
            case Message.Promise promise -> promised(turn, from, promise);
            case Message.Offer offer -> offered(turn, from, offer);
            case Message.Handover handover -> handover(turn, from, handover);
        }
    }

    private static void beat(GrantTurn turn, String from, int term, long stamp, int millis) {
        if (term - turn.transitions() > 0) {
            turn.giving = turn.giving.map(giving -> giving.successor().equals(from) ? giving.asTaken() : giving);
        }
        boolean outdated = turn.record()
                .filter(record -> !record.holderIdentity().equals(from) && record.leaseTransitions() >= term)
                .isPresent();
        if (outdated || !mayPromise(turn, from, millis)) {
            return;
        }
        // A holder that lives ends the attempt to replace it.
        turn.candidacy = Optional.empty();
        promise(turn, from, stamp, millis);
    }

    private static void ask(GrantTurn turn, String from, long stamp, int millis) {
        boolean competes = turn.candidacy
                .filter(own -> turn.rank(from, own.members()) > turn.rank(turn.elector.identity(), own.members()))
                .isPresent();
        if (competes || !mayPromise(turn, from, millis)) {
            return;
        }
        turn.candidacy = Optional.empty();
        promise(turn, from, stamp, millis);
    }

    private static boolean mayPromise(GrantTurn turn, String to, int millis) {
        boolean bound = turn.rules.isBound(
                turn.bound().filter(bond -> !bond.to().equals(to)).isPresent());
        boolean holds = turn.situation.lease().role() instanceof LeaseRole.Leaving leaving
                ? !leaving.addressOff()
                : turn.holds();
        return !bound
                && !holds
                && turn.reached(turn.rules.mayPromiseAt(turn.started))
                && millis > 0
                && millis <= turn.rules.longestGrantMillis();
    }

    private static void promise(GrantTurn turn, String to, long stamp, int millis) {
        turn.bond = Optional.of(new Bond(to, turn.rules.promiseKeptUntil(turn.now, millis)));
        turn.send(to, new Message.Promise(stamp, turn.api.provenMillis(turn.now)));
    }

    private static void promised(GrantTurn turn, String from, Message.Promise promise) {
        long stamp = promise.stamp();
        if (stamp - turn.now > 0) {
            return;
        }
        Peer peer = turn.peers().get(from).provenAt(proven(turn, promise));
        long until = turn.rules.promiseCountsUntil(stamp, turn.now);
        turn.put(from, until - peer.countsUntilNanos() > 0 ? peer.countingUntil(until) : peer);
        if (turn.candidacy.isPresent()) {
            turn.candidacy = Optional.of(Taker.withVote(turn.candidacy.get(), from, stamp));
        }
    }

    /** By this node's own stamp, as nothing is known of how long the answer was on its way. */
    private static Optional<Long> proven(GrantTurn turn, Message.Promise promise) {
        return promise.provenMillis().isEmpty()
                ? Optional.empty()
                : Optional.of(turn.rules.provenAt(
                        promise.stamp(), turn.now, promise.provenMillis().getAsInt()));
    }

    /** The successor may claim at once, but answers no sooner than the address is off for sure. */
    private static void offered(GrantTurn turn, String from, Message.Offer offer) {
        Message.Handover handover = offer.handover();
        boolean known =
                isAwaited(turn, from, handover) && turn.handover.orElseThrow().off();
        boolean bearable = offer.lingerMillis() >= 0 && offer.lingerMillis() * 1_000_000L <= Rules.LONGEST_LINGER_NANOS;
        if (bearable && !known && isHolders(turn, from, handover) && isForThisNode(turn, handover)) {
            turn.handover = Optional.of(new Told(from, handover, false, turn.now));
            turn.silentUntil = turn.rules.answersAt(turn.now, offer.lingerMillis());
        }
    }

    private static void handover(GrantTurn turn, String from, Message.Handover handover) {
        if (isAwaited(turn, from, handover)) {
            turn.silentUntil = turn.now;
        }
        if (!isHolders(turn, from, handover)) {
            return;
        }
        turn.handover = Optional.of(new Told(from, handover, true, turn.now));
        turn.bond = turn.bond.filter(bond -> !bond.to().equals(from));
        if (!isForThisNode(turn, handover) && turn.bound().isEmpty() && turn.candidacy.isEmpty()) {
            turn.bond = Optional.of(new Bond(
                    handover.successor(),
                    turn.rules.promiseKeptUntil(turn.now, turn.rules.pace().grantMillis())));
        }
    }

    /** Whether it is the end of what this node was offered. */
    private static boolean isAwaited(GrantTurn turn, String from, Message.Handover handover) {
        return turn.handover
                .filter(told -> told.from().equals(from)
                        && told.handover().process().equals(handover.process())
                        && told.handover().sequence() <= handover.sequence())
                .isPresent();
    }

    private static boolean isForThisNode(GrantTurn turn, Message.Handover handover) {
        return handover.successor().equals(turn.elector.identity());
    }

    /** Only the holder itself can give away what it holds. */
    private static boolean isHolders(GrantTurn turn, String from, Message.Handover handover) {
        return turn.keepers()
                .filter(record -> record.holderIdentity().equals(from))
                .filter(record -> isGivenAway(record, handover))
                .isPresent();
    }

    /** Whether the holder gave its word for the very write that {@code record} shows, or for a later one. */
    static boolean isGivenAway(LeaseRecord record, Message.Handover handover) {
        return ElectorId.process(record).equals(handover.process())
                && ElectorId.sequence(record) <= handover.sequence();
    }
}
