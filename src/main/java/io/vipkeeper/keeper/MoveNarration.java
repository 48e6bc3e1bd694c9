package io.vipkeeper.keeper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vipkeeper.grant.GrantState;
import io.vipkeeper.keeper.Observation.Path;
import io.vipkeeper.lease.ElectorId;
import io.vipkeeper.lease.Kinship;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.lease.LeaseRole;

/** How the holding moves, and what the fast path does for it. */
final class MoveNarration {
    private final ElectorId elector;

    MoveNarration(ElectorId elector) {
        this.elector = elector;
    }

    /** @param before the state that the winning claim was answered in */
    Observation won(KeeperState before, LeaseRecord record, long elapsedNanos) {
        // The watch may have shown the claim's success before its answer.
        Optional<LeaseRecord> base = before.lease().replaced();
        Optional<GrantState.Bid> bid = bid(before);
        Path path = bid.map(early -> early.byHandover() ? Path.HANDOVER : Path.EARLY)
                .orElseGet(() -> plainPath(base));
        GrantState.Bid early = bid.filter(won -> path == Path.EARLY).orElse(new GrantState.Bid("", false, 0, 0, 0));
        return new Observation.BecameHolder(
                base.map(LeaseRecord::holderIdentity).orElse(""),
                record.leaseTransitions(),
                elapsedNanos,
                path,
                early.beganNanos() - early.heardNanos(),
                early.wonNanos() - early.beganNanos());
    }

    /** The right to the newest claim, if it was an early one. */
    static Optional<GrantState.Bid> bid(KeeperState state) {
        Optional<GrantState.Bid> bid = state.grant().bid();
        Optional<LeaseRecord> replaced = state.lease().replaced();
        boolean early = bid.isPresent()
                && replaced.isPresent()
                && replaced.get().resourceVersion().equals(bid.get().base());
        return early ? bid : Optional.empty();
    }

    private Path plainPath(Optional<LeaseRecord> base) {
        return switch (base.map(elector::kinship).orElse(Kinship.FREED)) {
            case FREED, FREED_BY_KEEPER -> Path.FREE;
            case OWN, PREVIOUS_LIFE -> Path.AGAIN;
            case KEEPER, FOREIGN, NAMESAKE, TWIN -> Path.EXPIRED;
        };
    }

    List<Observation> tell(KeeperState before, KeeperState after, long now) {
        List<Observation> told = new ArrayList<>();
        fastPath(before, after, told);
        boolean heldOver = isHeldOver(after);
        if (heldOver != isHeldOver(before)) {
            told.add(new Observation.HeldOver(heldOver));
        }
        if (after.vip().fenced() != before.vip().fenced() && isBound(after)) {
            told.add(new Observation.FenceTurned(after.vip().fenced()));
        }
        if (after.grant().api().ready() != before.grant().api().ready()) {
            told.add(new Observation.LocalApiTurned(after.grant().api().ready()));
        }
        peers(before, after, now, told);
        return told;
    }

    private void fastPath(KeeperState before, KeeperState after, List<Observation> told) {
        if (before.lease().sighting() == after.lease().sighting()
                && before.lease().role().getClass() == after.lease().role().getClass()) {
            return;
        }
        List<String> members = StatusReport.members(elector, after);
        if (!members.equals(StatusReport.members(elector, before))) {
            told.add(new Observation.FastTurned(members));
        }
    }

    private static boolean isBound(KeeperState state) {
        return state.vip().entries().values().stream()
                .anyMatch(entry -> entry.bound().isPresent());
    }

    private static boolean isHeldOver(KeeperState state) {
        return state.lease().role() instanceof LeaseRole.Holder holder
                && holder.rightEndsNanos() - holder.plainEndsNanos() > 0;
    }

    private static void peers(KeeperState before, KeeperState after, long now, List<Observation> told) {
        for (var peer : after.grant().peers().entrySet()) {
            boolean heard = peer.getValue().isHeard(now);
            GrantState.Peer was = before.grant().peers().get(peer.getKey());
            boolean known = was != null && was.isHeard(before.grant().steppedNanos());
            if (heard != known) {
                told.add(new Observation.PeerTurned(peer.getKey(), heard));
            }
        }
    }
}
