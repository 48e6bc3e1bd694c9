package io.vipkeeper.observe;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

import io.vipkeeper.keeper.KeeperStatus;

/** Why a node could not take over now; one at least exactly when {@link KeeperStatus#couldHold()} is false. */
public enum Hindrance {
    LEASE_UNKNOWN("the Lease was never read", status -> !status.leaseKnown()),
    API("the API server gives no usable answer", status -> !status.apiAnswers()),
    LOCAL_API("the API server of this node is unwell", status -> !status.fast().localApiReady()),
    LINK("the interface cannot carry frames", status -> !status.linkUsable()),
    TWIN("another process uses this node's identity", KeeperStatus::twin),
    FORBIDDEN("the address is not ours to take", KeeperStatus::forbidden),
    STOPPING("the process ends", status -> status.role() == KeeperStatus.Role.STOPPING);

    private final String text;
    private final Predicate<KeeperStatus> present;

    Hindrance(String text, Predicate<KeeperStatus> present) {
        this.text = text;
        this.present = present;
    }

    /** A few words for people on each that there is; empty exactly when {@link KeeperStatus#couldHold()}. */
    public static List<String> textsOf(KeeperStatus status) {
        return Arrays.stream(values())
                .filter(hindrance -> hindrance.isPresent(status))
                .map(hindrance -> hindrance.text)
                .toList();
    }

    /** A few words for people. */
    public String text() {
        return text;
    }

    public boolean isPresent(KeeperStatus status) {
        return present.test(status);
    }
}
