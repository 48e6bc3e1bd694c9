package io.vipkeeper.observe;

import java.util.ArrayList;
import java.util.List;

import io.vipkeeper.keeper.KeeperStatus;

/** Why a node could not take over now, for people. */
public final class Hindrances {
    private Hindrances() {}

    /** A few words each; empty exactly when {@link KeeperStatus#couldHold()}. */
    public static List<String> of(KeeperStatus status) {
        List<String> reasons = new ArrayList<>();
        add(reasons, !status.leaseKnown(), "the Lease was never read");
        add(reasons, !status.apiAnswers(), "the API server gives no usable answer");
        add(reasons, !status.fast().localApiReady(), "the API server of this node is unwell");
        add(reasons, !status.linkUsable(), "the interface cannot carry frames");
        add(reasons, status.twin(), "another process uses this node's identity");
        add(reasons, status.forbidden(), "the address is not ours to take");
        add(reasons, status.role() == KeeperStatus.Role.STOPPING, "the process ends");
        return reasons;
    }

    private static void add(List<String> reasons, boolean holds, String reason) {
        if (holds) {
            reasons.add(reason);
        }
    }
}
