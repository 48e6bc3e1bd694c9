package io.vipkeeper.service;

import java.util.List;

import io.vipkeeper.service.plan.LeaseRef;
import io.vipkeeper.service.plan.Placement;
import io.vipkeeper.vip.Stance;
import io.vipkeeper.vip.VipState;
import io.vipkeeper.vip.VirtualIp;

/** One address on this node, on or off. */
final class Held {
    /** So many binds in a row that the kernel refuses are no accident. */
    private static final int REFUSED = 3;

    final VirtualIp vip;
    VipState state;
    Stance stance = new Stance.Off();

    /** What it is or was bound by. */
    LeaseRef lease;

    String nic;

    /** It is not bound before this. */
    long notBeforeNanos;

    /** Whether an earlier process of this node had it, as far as the status says. */
    boolean wasHere;

    /** When it was wanted last. */
    long wantedNanos;

    long wakeAtNanos;
    int refusals;

    Held(VirtualIp vip, Placement placement, long notBefore, long now) {
        this.vip = vip;
        state = VipState.initial(List.of(vip), now);
        lease = placement.lease();
        nic = placement.nic();
        notBeforeNanos = notBefore;
        wantedNanos = now;
        wakeAtNanos = now;
    }

    boolean isOn() {
        return state.allBound() && stance instanceof Stance.Holding;
    }

    /** Whether it is to be on and nothing but time is in its way. */
    boolean isComing() {
        return stance instanceof Stance.Holding && refusals < REFUSED;
    }

    boolean isRefused() {
        return refusals == REFUSED;
    }
}
