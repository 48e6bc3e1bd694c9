package io.vipkeeper.keeper;

import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.LossReason;
import io.vipkeeper.lease.RequestKind;
import io.vipkeeper.vip.VirtualIp;

/** What the core noticed or decided, for logs, metrics and people. Nothing depends on who listens. */
public sealed interface Observation {

    /**
     * This node holds the Lease now.
     *
     * @param from the holder before, empty when there was none
     * @param elapsedNanos from before the winning request left until its answer
     */
    record BecameHolder(String from, int leaseTransitions, long elapsedNanos) implements Observation {}

    /** This node holds no longer. */
    record LostHolding(LossReason reason) implements Observation {}

    /** Somebody else was seen to hold; empty when nobody does. Sent once for each change. */
    record HolderChanged(String holder) implements Observation {}

    /** A renewal succeeded. */
    record Renewed(long elapsedNanos) implements Observation {}

    /** A request has no usable answer; sent for each one. */
    record RequestFailed(RequestKind request, ApiFailure cause, String detail) implements Observation {}

    /** A write met another version; sent for each one. */
    record ConflictMet(RequestKind request) implements Observation {}

    /** Another process, on this or another machine, uses this node's identity. Sent once for each twin. */
    record TwinSeen(String identity, String where) implements Observation {}

    /** The Lease carries a value that no elector writes; it was read as said in {@code readAs}. */
    record AbsurdLease(String field, String value, String readAs) implements Observation {}

    /** The address is on. {@code again} when it had been taken away from under the holder. */
    record VipBound(VirtualIp vip, boolean again) implements Observation {}

    /** The address was taken off. */
    record VipUnbound(VirtualIp vip, boolean stale) implements Observation {}

    /** The kernel refused; sent for each refusal. */
    record KernelRefused(VirtualIp vip, String reason) implements Observation {}

    /** The kernel took an announcement in all its forms. {@code first} for the first one after a bind. */
    record VipAnnounced(VirtualIp vip, boolean first) implements Observation {}

    /** A machine that is none of the holder's claims the address; sent for each claim. */
    record ForeignClaim(VirtualIp vip, String mac) implements Observation {}

    /** The address is on this node but no elector put it there, or a Node has it as its own: hands off. */
    record VipForbidden(VirtualIp vip, String why) implements Observation {}

    /** The VIP's interface became usable or unusable. */
    record LinkTurned(boolean usable) implements Observation {}
}
