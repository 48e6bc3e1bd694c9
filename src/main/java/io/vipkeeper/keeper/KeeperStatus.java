package io.vipkeeper.keeper;

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
        long turnedNanos) {

    public KeeperStatus {
        bound = Map.copyOf(bound);
    }

    /** Whether this node could take over now, or holds already. */
    public boolean couldHold() {
        return leaseKnown && apiAnswers && linkUsable && !twin && !forbidden && role != Role.STOPPING;
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
                turnedNanos);
    }

    /** What this node is in the election. */
    public enum Role {
        FOLLOWER,
        HOLDER,
        /** Gives the address up in order, to release the Lease afterwards. */
        LEAVING,
        STOPPING
    }
}
