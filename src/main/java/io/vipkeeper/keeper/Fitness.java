package io.vipkeeper.keeper;

import java.util.Optional;

import io.vipkeeper.lease.LeaseRole;
import io.vipkeeper.lease.LossReason;
import io.vipkeeper.vip.VirtualIp;

/** Whether this node may hold: its link carries, nobody else uses its name, and the address is nobody's own. */
final class Fitness {
    private final KeeperSettings settings;

    Fitness(KeeperSettings settings) {
        this.settings = settings;
    }

    /** Why this node may not hold; empty when it may. */
    Optional<LossReason> obstacle(KeeperState state, long now) {
        if (!state.around().locked() || forbidden(state, now)) {
            return Optional.of(LossReason.NOT_ELIGIBLE);
        }
        return state.around().linkUsable() || bearsLinkLoss(state, now)
                ? Optional.empty()
                : Optional.of(LossReason.LINK);
    }

    /** Whether a virtual IP is an address that no elector put on this node, or that some Node has as its own. */
    boolean forbidden(KeeperState state, long now) {
        return !holds(state) && isOwned(state) || state.vip().occupied(now);
    }

    private boolean isOwned(KeeperState state) {
        for (VirtualIp vip : settings.vips()) {
            if (isOwn(state, vip)) {
                return true;
            }
        }
        return false;
    }

    /**
     * A kubelet may report the virtual IP of a node that holds or held it as that node's own; nobody could take over then.
     * What this node has as its own, its kernel knows better.
     */
    private boolean isOwn(KeeperState state, VirtualIp vip) {
        String owner = state.around().nodeAddresses().get(vip.address());
        return owner != null
                && !owner.equals(settings.elector().identity())
                && !state.around().holders().contains(owner);
    }

    long wakeAt(KeeperState state, long now) {
        boolean waiting = !state.around().linkUsable() && bearsLinkLoss(state, now);
        return waiting && settings.carrierLoss().isPresent()
                ? state.around().linkChangedNanos()
                        + settings.carrierLoss().get().toNanos()
                : now + 1_000_000_000L;
    }

    private boolean bearsLinkLoss(KeeperState state, long now) {
        return holds(state)
                && settings.carrierLoss()
                        .map(patience -> now - state.around().linkChangedNanos() - patience.toNanos() < 0)
                        .orElse(true);
    }

    private static boolean holds(KeeperState state) {
        return state.lease().role() instanceof LeaseRole.Holder;
    }
}
