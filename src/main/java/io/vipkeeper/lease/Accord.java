package io.vipkeeper.lease;

import java.util.List;
import java.util.Optional;

/**
 * What the fast path lets the election do beyond the plain rules, and what it forbids. All times are absolute, on the
 * election's clock.
 *
 * @param members whose majority limits this holder by its next write; empty: the plain rules
 * @param tight the majority limits the right already, whatever is written
 * @param majorityEndsNanos until when a majority has promised to let nobody else take the Lease
 * @param unanimityEndsNanos until when every member has
 * @param fenced the kernel filters the address to the millisecond
 * @param early the version that may be replaced now, although its time is not over
 * @param holdBackNanos the earliest moment for any other claim
 * @param leave this holder is to give the Lease away
 * @param lingerEndsNanos until when a holder that leaves may answer, so that its successor takes the Lease first
 * @param silentUntilNanos until when this node must not answer although it holds: its predecessor may
 * @param releaseAtNanos how long a Lease that is given up is left to a successor that was named
 */
public record Accord(
        List<String> members,
        boolean tight,
        long majorityEndsNanos,
        long unanimityEndsNanos,
        boolean fenced,
        Optional<String> early,
        long holdBackNanos,
        boolean leave,
        long lingerEndsNanos,
        long silentUntilNanos,
        Optional<Long> releaseAtNanos) {

    public Accord {
        members = List.copyOf(members);
    }

    /** By hand: what a record has by itself took a twelfth of each step where the JVM has no C2. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Accord that
                && majorityEndsNanos == that.majorityEndsNanos
                && unanimityEndsNanos == that.unanimityEndsNanos
                && holdBackNanos == that.holdBackNanos
                && lingerEndsNanos == that.lingerEndsNanos
                && silentUntilNanos == that.silentUntilNanos
                && tight == that.tight
                && fenced == that.fenced
                && leave == that.leave
                && members.equals(that.members)
                && early.equals(that.early)
                && releaseAtNanos.equals(that.releaseAtNanos);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(majorityEndsNanos) + members.hashCode();
    }

    /** The plain rules. */
    public static Accord none(long nowNanos) {
        return new Accord(
                List.of(),
                false,
                nowNanos,
                nowNanos,
                false,
                Optional.empty(),
                nowNanos,
                false,
                nowNanos,
                nowNanos,
                Optional.empty());
    }
}
