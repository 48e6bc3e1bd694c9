package io.vipkeeper.keeper;

import java.util.Optional;

import io.vipkeeper.bootstrap.Bootstrap;
import io.vipkeeper.grant.GrantState;
import io.vipkeeper.lease.ElectorId;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.vip.Caution;

/** How careful an elected node is with an address that a provisional holder might answer for. */
final class Precaution {
    private final ElectorId elector;
    private final Bootstrap bootstrap;
    private final boolean election;
    private final long grantNanos;

    Precaution(KeeperSettings settings, Bootstrap bootstrap) {
        this.bootstrap = bootstrap;
        elector = settings.elector();
        election = settings.election();
        grantNanos = settings.fast()
                .map(fast -> fast.rules().pace().grant().toNanos())
                .orElse(0L);
    }

    Caution of(KeeperState state, long now) {
        if (!election || bootstrap.isKnown(state.bootstrap(), now)) {
            return Caution.NONE;
        }
        Optional<Long> heard = MoveNarration.bid(state).flatMap(bid -> lastAnswered(state, bid));
        return bootstrap.caution(heard, now);
    }

    /**
     * When the holder before this one was surely there: only one whose address was on names members, and only a holder is
     * promised to by its name, or gives the Lease away.
     */
    private Optional<Long> lastAnswered(KeeperState state, GrantState.Bid bid) {
        Optional<LeaseRecord> replaced =
                state.lease().replaced().filter(old -> !elector.members(old).isEmpty());
        Optional<Long> beat = state.grant()
                .bond()
                .filter(bond -> replaced.filter(old -> old.holderIdentity().equals(bond.to()))
                        .isPresent())
                .map(bond -> bond.untilNanos() - grantNanos);
        return bid.byHandover() ? replaced.map(old -> bid.heardNanos()) : beat;
    }
}
