package io.vipkeeper.service;

import java.util.function.BooleanSupplier;

import io.vipkeeper.lease.Rules;
import io.vipkeeper.lease.Timing;
import io.vipkeeper.service.plan.Placement;

/** What keeps an address from two nodes and a status from a storm. The simulation has a mutant of each method. */
class Laws {
    private final Timing timing;

    Laws(Timing timing) {
        this.timing = timing;
    }

    Rules rules() {
        return new Rules(timing);
    }

    /** How long an address stays off after it came under another Lease: others may not have seen that yet. */
    long waitAfterMoveNanos() {
        return timing.leaseDuration().toNanos();
    }

    /** Whether a Lease may be given up now. */
    boolean mayRelease(BooleanSupplier addressesOff) {
        return addressesOff.getAsBoolean();
    }

    /** Whether the address may be on this node. */
    boolean mayBeOn(Placement placement, String node) {
        return placement.mayBeOn(node);
    }

    /** The least time between two writes of one status. */
    long pauseBetweenWritesNanos() {
        return 200_000_000L;
    }

    /** How long a version is not written over again. */
    long staleNanos() {
        return 5_000_000_000L;
    }
}
