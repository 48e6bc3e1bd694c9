package io.vipkeeper.lease;

import java.util.List;
import java.util.Optional;

/**
 * No election at all (kube-vip's vip_leaderelection=false): this node holds whenever it is fit to, and asks nobody. Only
 * for a cluster with a single candidate.
 */
public final class NoElection implements Election {
    private final Rules rules;

    public NoElection(Rules rules) {
        this.rules = rules;
    }

    @Override
    public LeaseStep step(LeaseState before, LeaseEvent event, long nowNanos) {
        boolean eligible = event instanceof LeaseEvent.Eligible told ? told.eligible() : before.eligible();
        boolean stopping = before.stopping() || event instanceof LeaseEvent.Stop;
        LeaseRole role;
        if (stopping) {
            role = new LeaseRole.Stopped();
        } else if (eligible) {
            role = new LeaseRole.Holder(
                    nowNanos,
                    nowNanos,
                    rules.rightEnds(nowNanos, nowNanos),
                    rules.rightEnds(nowNanos, nowNanos),
                    rules.kernelEnds(nowNanos, nowNanos));
        } else {
            role = event instanceof LeaseEvent.Eligible told
                    ? new LeaseRole.Follower(Optional.of(told.reason()))
                    : before.role();
        }
        LeaseState state = new LeaseState(
                role,
                Optional.empty(),
                Optional.empty(),
                nowNanos,
                nowNanos + rules.retryNanos(),
                false,
                Conflicts.NONE,
                0,
                eligible,
                stopping,
                before.accord(),
                0,
                Optional.empty());
        return new LeaseStep(state, List.of());
    }

    @Override
    public long wakeAt(LeaseState state, long nowNanos) {
        return state.pollAtNanos();
    }
}
