package io.vipkeeper.keeper;

import java.util.List;

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
     * @param path how it came to that
     * @param silenceNanos from when the holder was heard last until the candidacy began; zero unless the path is EARLY
     * @param votesNanos from the beginning of the candidacy to the right to claim; zero unless the path is EARLY
     */
    record BecameHolder(
            String from, int leaseTransitions, long elapsedNanos, Path path, long silenceNanos, long votesNanos)
            implements Observation {}

    /** How a node comes to hold. */
    enum Path {
        /** A majority had heard nothing of the holder. */
        EARLY,
        /** The holder named this node as its successor. */
        HANDOVER,
        /** The Lease was free, or there was none. */
        FREE,
        /** It named this node already: an earlier life, or a right that had lapsed. */
        AGAIN,
        /** The holder had not renewed for the whole lease duration. */
        EXPIRED
    }

    /** A majority of these members limits this holder now, or the plain rules hold again: none. Sent once each time. */
    record FastTurned(List<String> members) implements Observation {}

    /** No API server renews, but every member lets this holder go on; or that is over. */
    record HeldOver(boolean begins) implements Observation {}

    /** The kernel filters the addresses to the millisecond now, or no longer. Sent once each time. */
    record FenceTurned(boolean inForce) implements Observation {}

    /** This node's own API server is ready to serve now, or no longer. */
    record LocalApiTurned(boolean ready) implements Observation {}

    /** Another candidate is heard now, or no longer. */
    record PeerTurned(String node, boolean heard) implements Observation {}

    /** This node answers for the addresses although no Lease could be read yet, or does so no longer; once each time. */
    record Provisional(boolean begins) implements Observation {}

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
