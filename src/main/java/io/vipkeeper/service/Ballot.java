package io.vipkeeper.service;

import java.util.List;
import java.util.Optional;

import io.vipkeeper.lease.Accord;
import io.vipkeeper.lease.LeaseRole;
import io.vipkeeper.lease.LeaseState;
import io.vipkeeper.lease.RequestKind;
import io.vipkeeper.service.plan.LeaseRef;

/** This node's part in the election by one Lease. */
final class Ballot {
    /** Nothing is claimed before it is known how long to leave it to others. */
    private static final long HOUR = 3_600_000_000_000L;

    final LeaseRef lease;
    final long sinceNanos;
    final boolean fresh;
    LeaseState state;
    boolean wanted = true;
    boolean qualified;
    boolean inherited;
    long wakeAtNanos;

    /** @param fresh nobody can have held this Lease before */
    Ballot(LeaseRef lease, boolean fresh, long now) {
        this.lease = lease;
        this.fresh = fresh;
        sinceNanos = now;
        wakeAtNanos = now;
        state = LeaseState.initial(now);
    }

    boolean holds() {
        return state.role() instanceof LeaseRole.Holder;
    }

    /** Whether it holds, or may at any moment. */
    boolean counts() {
        return holds()
                || state.pending()
                        .filter(pending -> pending.kind() == RequestKind.ACQUIRE)
                        .isPresent();
    }

    boolean isIdle() {
        return state.role() instanceof LeaseRole.Follower && !counts();
    }

    boolean isStopped() {
        return state.role() instanceof LeaseRole.Stopped;
    }

    /** Whether the Lease waits for its addresses to be off. */
    boolean awaitsAddresses() {
        return state.role() instanceof LeaseRole.Leaving leaving && !leaving.addressOff();
    }

    /** The plain rules, but no claim before then. */
    Accord heldBackUntil(long nanos) {
        return new Accord(
                List.of(),
                false,
                sinceNanos,
                sinceNanos,
                false,
                Optional.empty(),
                nanos,
                false,
                sinceNanos,
                sinceNanos,
                Optional.empty());
    }

    long never() {
        return sinceNanos + HOUR;
    }
}
