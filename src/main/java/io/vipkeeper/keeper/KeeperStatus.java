package io.vipkeeper.keeper;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.vipkeeper.vip.VirtualIp;

/**
 * The core's state after one step, for probes, gauges and people.
 *
 * @param holder who holds as far as this node knows; empty when nobody does or nothing was read yet
 * @param rightEndsNanos until when this node may hold, on the pipeline's clock; meaningless unless role is HOLDER
 * @param renewedNanos when the last successful write of this holder was sent, same clock; meaningless unless HOLDER
 * @param bound which addresses are on this node
 * @param apiAnswers whether the last finished request had a usable answer; false before the first
 * @param fast how the fast path stands
 * @param turnedNanos when the step was made, same clock: the pipeline turns while this grows
 */
public record KeeperStatus(
        Role role,
        String holder,
        long rightEndsNanos,
        long renewedNanos,
        Map<VirtualIp, Boolean> bound,
        boolean linkUsable,
        boolean twin,
        boolean forbidden,
        boolean leaseKnown,
        boolean apiAnswers,
        Fast fast,
        long turnedNanos) {

    public KeeperStatus {
        bound = Map.copyOf(bound);
    }

    /** Whether this node could take over now, or holds already. */
    public boolean couldHold() {
        return leaseKnown
                && apiAnswers
                && fast.localApiReady()
                && linkUsable
                && !twin
                && !forbidden
                && role != Role.STOPPING;
    }

    /** For a node that asks nobody: nothing of the API server is missing. */
    KeeperStatus withoutApi() {
        return new KeeperStatus(
                role,
                holder,
                rightEndsNanos,
                renewedNanos,
                bound,
                linkUsable,
                twin,
                forbidden,
                true,
                true,
                fast,
                turnedNanos);
    }

    /**
     * The fast path.
     *
     * @param members whose majority limits this holder; empty for a follower, and by the plain rules
     * @param fenced the kernel filters the addresses that are on to the millisecond; false while none was on
     * @param localApiReady whether this node's own API server is ready, as far as its probes tell
     * @param promisedTo to whom this node has promised not to claim; empty when to nobody
     * @param peers the other candidates by name
     */
    public record Fast(
            List<String> members,
            boolean fenced,
            boolean localApiReady,
            String promisedTo,
            Map<String, PeerStatus> peers) {

        /** Without a fast path. */
        public static final Fast NONE = new Fast(List.of(), false, true, "", Map.of());

        public Fast {
            members = List.copyOf(members);
            peers = Collections.unmodifiableMap(new LinkedHashMap<>(peers));
        }
    }

    /**
     * Another candidate.
     *
     * @param heard lately
     * @param ready it says that it could hold
     * @param promisedUntilNanos until when its promise to this node counts, on the pipeline's clock
     */
    public record PeerStatus(boolean heard, boolean ready, int weight, long promisedUntilNanos) {}

    /** What this node is in the election. */
    public enum Role {
        FOLLOWER,
        /** Was not elected, and answers for the address because no Lease may be read yet. */
        PROVISIONAL,
        HOLDER,
        /** Gives the address up in order, to release the Lease afterwards. */
        LEAVING,
        STOPPING
    }
}
