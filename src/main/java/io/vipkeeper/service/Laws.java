package io.vipkeeper.service;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import io.vipkeeper.lease.Rules;
import io.vipkeeper.lease.Timing;
import io.vipkeeper.service.plan.Placement;

/** What keeps an address from two nodes and a status from a storm. The simulation has a mutant of each method. */
class Laws {
    /**
     * How old the view is when nothing is wrong: twice the three seconds that a watch lasts, and a moment. An outage of
     * the API server that the Leases survive is survived by the view, too.
     */
    private static final Duration USUAL_AGE = Duration.ofSeconds(7);

    private final Timing timing;
    private final Rules view;

    Laws(Timing timing) {
        this.timing = timing;
        view = new Rules(aged(timing));
    }

    private static Timing aged(Timing timing) {
        Duration longest = Timing.LONGEST_LEASE;
        Duration lease = timing.leaseDuration().plus(USUAL_AGE);
        Duration bounded = lease.compareTo(longest) < 0 ? lease : longest;
        Duration right = bounded.minus(timing.leaseDuration()).plus(timing.renewDeadline());
        return new Timing(bounded, right, timing.retryPeriod());
    }

    Rules rules() {
        return new Rules(timing);
    }

    /**
     * How long an address stays off after it came under another Lease: others may not have seen that yet, and end by
     * {@link #viewKernelEnds}.
     */
    long waitAfterMoveNanos() {
        return view.creatableAt(0);
    }

    /** Until when this node may act on objects that it knows as of {@code asOf}. */
    long viewRightEnds(long asOf) {
        return view.rightEnds(asOf, asOf);
    }

    /** By when the kernel is told to take off what rests on objects that are known as of {@code asOf}. */
    long viewKernelEnds(long asOf) {
        return view.kernelEnds(asOf, asOf);
    }

    /** When an address may be on that this node did not know until now. */
    long notBefore(View seen, long now) {
        return seen.notBefore(now);
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
