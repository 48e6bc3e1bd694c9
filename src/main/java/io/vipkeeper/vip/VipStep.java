package io.vipkeeper.vip;

import java.util.List;

/** What one step of the address side leads to. */
public record VipStep(VipState state, List<VipAction> actions) {

    public VipStep {
        actions = List.copyOf(actions);
    }
}
