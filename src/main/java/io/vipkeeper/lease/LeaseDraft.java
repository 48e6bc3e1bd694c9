package io.vipkeeper.lease;

import java.util.Map;

/**
 * What the core wants written. The store adds what needs a wall clock: {@code renewTime} is the moment of sending,
 * and so is {@code acquireTime} when {@code acquires} is set; otherwise it stays as it was.
 *
 * @param annotations put over those that the object has; all others stay
 */
public record LeaseDraft(
        String holderIdentity,
        int leaseDurationSeconds,
        int leaseTransitions,
        boolean acquires,
        Map<String, String> annotations) {

    public LeaseDraft {
        annotations = Map.copyOf(annotations);
    }
}
