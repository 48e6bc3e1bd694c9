package io.vipkeeper.observe.meters;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Timer;

import io.vipkeeper.vip.BindOutcome;
import io.vipkeeper.vip.Fence;
import io.vipkeeper.vip.VirtualIp;

/** A fence, and how long the kernel takes to be told of a new end. */
final class TimedFence implements Fence {
    private final Fence fence;
    private final Timer refreshes;

    TimedFence(Fence fence, Timer refreshes) {
        this.fence = fence;
        this.refreshes = refreshes;
    }

    @Override
    public BindOutcome admit(VirtualIp vip, long millis) {
        long began = System.nanoTime();
        BindOutcome outcome = fence.admit(vip, millis);
        long took = System.nanoTime() - began;
        if (fence.inForce()) {
            refreshes.record(took, TimeUnit.NANOSECONDS);
        }
        return outcome;
    }

    @Override
    public BindOutcome block(VirtualIp vip) {
        return fence.block(vip);
    }

    @Override
    public boolean inForce() {
        return fence.inForce();
    }

    @Override
    public void remove() {
        fence.remove();
    }

    @Override
    public void rehearse() {
        fence.rehearse();
    }
}
