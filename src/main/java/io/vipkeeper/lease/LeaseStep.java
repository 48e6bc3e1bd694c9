package io.vipkeeper.lease;

import java.util.List;

/** What one step of the election leads to. */
public record LeaseStep(LeaseState state, List<LeaseAction> actions) {

    public LeaseStep {
        actions = List.copyOf(actions);
    }
}
