package io.vipkeeper.bootstrap;

import io.vipkeeper.vip.Caution;

/**
 * The rules of provisional holding, each one a method; times are nanoseconds. The simulation has a mutant of each, which
 * must break it.
 */
public class BootstrapRules {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000_000_000L;

    private final boolean wanted;

    /** @param wanted whether this node may stand provisionally; the other rules hold for every node */
    public BootstrapRules(boolean wanted) {
        this.wanted = wanted;
    }

    /** Whether this node may stand provisionally at all. */
    public final boolean wanted() {
        return wanted;
    }

    /**
     * How long nobody may have answered before this node stands. Longer than what an elected node may take for
     * knowledge of a holder that answered just before ({@link #knownNanos}), a datagram that is 3 s late, and three
     * questions that were lost.
     */
    public long quietNanos() {
        return 7 * SECOND;
    }

    /** For how long after a holder was heard its successor need not ask whether anybody answers. */
    public long knownNanos() {
        return 2 * SECOND;
    }

    /** How an elected node goes about an address of which it does not know that a holder answered just before. */
    public Caution unknown() {
        return Caution.BOUNDED;
    }

    /** How a node that nobody elected goes about it. */
    public Caution provisional() {
        return Caution.STRICT;
    }

    /** Whether this node yields to another machine that answers for the address, or is about to. */
    public boolean yields() {
        return true;
    }

    /** How long the last 403 counts. */
    public long refusalNanos() {
        return 10 * SECOND;
    }

    /** A pause between two steps after which nobody knows what was missed. */
    public long longestStepNanos() {
        return 100 * MILLI;
    }

    /** Until when a step lets the fence pass the address. */
    public long rightEnds(long nowNanos) {
        return nowNanos + 250 * MILLI;
    }

    /** By when the kernel must be told to remove it; whole seconds are what it counts, so this makes two. */
    public long kernelEnds(long nowNanos) {
        return nowNanos + 2_500 * MILLI;
    }

    /** Whether the first look at the Lease ends it for good. */
    public boolean endsForGood() {
        return true;
    }
}
