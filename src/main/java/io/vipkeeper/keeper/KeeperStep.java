package io.vipkeeper.keeper;

import java.util.List;

/**
 * What one step of the core leads to.
 *
 * @param atNanos when it was made
 * @param wakeAtNanos when to step again with a Tick if nothing else happens
 */
public record KeeperStep(
        KeeperState state, List<KeeperAction> actions, List<Observation> observations, long atNanos, long wakeAtNanos) {

    public KeeperStep {
        actions = List.copyOf(actions);
        observations = List.copyOf(observations);
    }
}
