package io.vipkeeper.lease;

import java.util.Optional;

/** What this node is in the election. */
public sealed interface LeaseRole {

    /** @param lost why it held before and does not now; empty when it has not held yet, or was told to anew */
    record Follower(Optional<LossReason> lost) implements LeaseRole {}

    /**
     * @param sentNanos when the last write that succeeded was sent
     * @param answeredNanos when it was answered
     * @param plainEndsNanos until when the address may be on by the Lease alone
     * @param rightEndsNanos until when the address may be on
     * @param kernelEndsNanos by when the kernel must be told to remove it
     */
    record Holder(long sentNanos, long answeredNanos, long plainEndsNanos, long rightEndsNanos, long kernelEndsNanos)
            implements LeaseRole {}

    /**
     * The address goes first; once it is off, the Lease is released.
     *
     * @param untilNanos when to go on without having released
     * @param held what it held by when it began to leave, if it did: within that the address may stay on while a
     *     successor takes the Lease
     */
    record Leaving(LossReason reason, long untilNanos, boolean addressOff, Optional<Holder> held)
            implements LeaseRole {}

    /** The end; nothing leads out of it. */
    record Stopped() implements LeaseRole {}
}
