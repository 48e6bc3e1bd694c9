package io.vipkeeper.grant;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fast path's state between two steps. All times are on this node's clock.
 *
 * @param startedNanos when this process began
 * @param steppedNanos when the last step was made
 * @param awakeNanos since when steps have come without a gap
 * @param peers the other candidates by their names
 * @param controlPlane the control plane's Ready Nodes; empty until they could be read
 * @param foreign an elector of another kind that held, if one did
 * @param api what is known of this node's own API server
 * @param bond the newest promise that this node gave to another
 * @param candidacy its own attempt to take over early, while one runs
 * @param restUntilNanos no new attempt before
 * @param helm what it does as a holder
 * @param handover the newest one that it was told of
 * @param silentUntilNanos before it must not answer although it holds: whoever offered it the Lease may
 * @param giving the one that it makes
 * @param damping how often in a row the Lease was given away because of an unwell API server
 * @param calmUntilNanos it is not given away again for that reason before
 * @param lapsedNanos when its own right ended last for want of a majority
 * @param nextHelloNanos when to show a sign of life next
 * @param bid the newest version that it could take early, and how it came to that
 * @param holding whether this node held at the last step
 */
public record GrantState(
        long startedNanos,
        long steppedNanos,
        long awakeNanos,
        Map<String, Peer> peers,
        Optional<Set<String>> controlPlane,
        Optional<Foreign> foreign,
        OwnApi api,
        Optional<Bond> bond,
        Optional<Candidacy> candidacy,
        long restUntilNanos,
        Helm helm,
        Optional<Told> handover,
        long silentUntilNanos,
        Optional<Giving> giving,
        int damping,
        long calmUntilNanos,
        Optional<Long> lapsedNanos,
        long nextHelloNanos,
        Optional<Bid> bid,
        boolean holding) {

    public GrantState {
        peers = Map.copyOf(peers);
    }

    /** A process that has just begun and knows nobody. */
    public static GrantState initial(long now) {
        return new GrantState(
                now,
                now,
                now,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                OwnApi.unknown(now),
                Optional.empty(),
                Optional.empty(),
                now,
                new Helm(List.of(), false, List.of(), now, now),
                Optional.empty(),
                now,
                Optional.empty(),
                0,
                now,
                Optional.empty(),
                now,
                Optional.empty(),
                false);
    }

    /**
     * Another candidate.
     *
     * @param heardNanos when it was heard last; empty when it never was
     * @param readySinceNanos since when it says that it could hold; empty while it does not
     * @param countsUntilNanos until when its newest promise to this node counts
     * @param provenNanos no later than when the newest probe began that its API server answered well; empty while it
     *     does not probe one
     */
    public record Peer(
            String process,
            Message.Standing standing,
            Optional<Long> heardNanos,
            Optional<Long> readySinceNanos,
            long countsUntilNanos,
            Optional<Long> provenNanos) {

        /** Whoever was not heard for so long is not there. */
        private static final long PRESENT_NANOS = 1_500_000_000L;

        /** The preference that it tells, as in {@link Message.Standing}. */
        public int weight() {
            return standing.weight();
        }

        Peer heard(Message.Standing now, long nowNanos) {
            Optional<Long> readySince =
                    now.ready() ? readySinceNanos.or(() -> Optional.of(nowNanos)) : Optional.empty();
            return new Peer(process, now, Optional.of(nowNanos), readySince, countsUntilNanos, provenNanos);
        }

        Peer countingUntil(long untilNanos) {
            return new Peer(process, standing, heardNanos, readySinceNanos, untilNanos, provenNanos);
        }

        Peer provenAt(Optional<Long> nanos) {
            return new Peer(process, standing, heardNanos, readySinceNanos, countsUntilNanos, nanos);
        }

        /** Whether it was heard lately. */
        public boolean isHeard(long nowNanos) {
            return heardNanos.isPresent() && nowNanos - heardNanos.get() < PRESENT_NANOS;
        }
    }

    /** An elector without vipkeeper's marks, and when it was seen to hold last. */
    public record Foreign(String name, long seenNanos) {}

    /** A promise: nobody but {@code to} may take the Lease with this node's help before it is over. */
    public record Bond(String to, long untilNanos) {}

    /**
     * An attempt to take over from a silent holder.
     *
     * @param base the version that is to be replaced
     * @param voters who promised, this node left out
     */
    public record Candidacy(
            String base, List<String> members, long startedNanos, long nextAskNanos, Set<String> voters) {

        public Candidacy {
            members = List.copyOf(members);
            voters = Set.copyOf(voters);
        }

        Candidacy withVoter(String voter) {
            Set<String> all = new HashSet<>(voters);
            all.add(voter);
            return new Candidacy(base, members, startedNanos, nextAskNanos, all);
        }

        Candidacy askingAt(long nanos) {
            return new Candidacy(base, members, startedNanos, nanos, voters);
        }
    }

    /**
     * The right to take a Lease early.
     *
     * @param base the version that may be replaced
     * @param byHandover the holder gave it away; otherwise a majority had heard nothing of it
     * @param heardNanos when the holder was heard last
     * @param beganNanos when the promises were asked for first, or the holder's word arrived
     * @param wonNanos when that was enough
     */
    public record Bid(String base, boolean byHandover, long heardNanos, long beganNanos, long wonNanos) {}

    /**
     * The holder's side.
     *
     * @param quorum the members whose majority limits the right already; empty: the plain rules
     * @param withdrawing the plain rules are to be written, and the majority limits the right until they are
     * @param target the members that the candidates' answers suggest now
     * @param targetSinceNanos since when they have suggested these
     */
    public record Helm(
            List<String> quorum, boolean withdrawing, List<String> target, long targetSinceNanos, long nextBeatNanos) {

        public Helm {
            quorum = List.copyOf(quorum);
            target = List.copyOf(target);
        }

        Helm with(List<String> newQuorum, boolean nowWithdrawing) {
            return new Helm(newQuorum, nowWithdrawing, target, targetSinceNanos, nextBeatNanos);
        }

        Helm withTarget(List<String> newTarget, long sinceNanos) {
            return new Helm(quorum, withdrawing, newTarget, sinceNanos, nextBeatNanos);
        }

        Helm beatingAt(long nanos) {
            return new Helm(quorum, withdrawing, target, targetSinceNanos, nanos);
        }
    }

    /**
     * A holder's word that it gave the Lease away.
     *
     * @param off its address is off
     */
    public record Told(String from, Message.Handover handover, boolean off, long atNanos) {}

    /**
     * A handover that this node makes.
     *
     * @param lingerEndsNanos when the address goes at the latest
     * @param taken the successor has the Lease
     * @param offered how often it was offered already
     * @param sent how often it was said that the address is off
     */
    public record Giving(
            String successor,
            boolean unwell,
            long releaseAtNanos,
            long lingerEndsNanos,
            boolean taken,
            int offered,
            int sent,
            long nextNanos) {

        Giving asTaken() {
            return new Giving(successor, unwell, releaseAtNanos, lingerEndsNanos, true, offered, sent, nextNanos);
        }

        Giving offeredAgain(long next) {
            return new Giving(successor, unwell, releaseAtNanos, lingerEndsNanos, taken, offered + 1, sent, next);
        }

        Giving saidAgain(long releaseAt, long next) {
            return new Giving(successor, unwell, releaseAt, lingerEndsNanos, taken, offered, sent + 1, next);
        }
    }
}
