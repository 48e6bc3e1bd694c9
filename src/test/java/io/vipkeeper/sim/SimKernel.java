package io.vipkeeper.sim;

import io.vipkeeper.vip.AddressBinder;
import io.vipkeeper.vip.BindOutcome;
import io.vipkeeper.vip.VirtualIp;

import static io.vipkeeper.sim.World.MILLI;
import static io.vipkeeper.sim.World.SECOND;

/** One machine's address table, which outlives processes and removes what expires up to a second late. */
final class SimKernel implements AddressBinder {
    private final World world;
    private final SimClock clock;
    private boolean present;
    private long generation;
    private long delay;
    private long callers;
    private Runnable expired = () -> {};

    SimKernel(World world, SimClock clock) {
        this.world = world;
        this.clock = clock;
    }

    /** Called when the kernel has ended an address by itself. */
    void onExpiry(Runnable listener) {
        expired = listener;
    }

    boolean present() {
        return present;
    }

    /** What a process that is in the middle of a call has been paused for; its clock shows it. */
    long delay() {
        return delay;
    }

    void beginCalls() {
        delay = 0;
    }

    @Override
    public BindOutcome bind(VirtualIp vip, int validSeconds) {
        // One pause a call: two within the same few instructions are beyond what the protocol promises.
        if (world.troubled && delay == 0 && world.chance(0.002)) {
            delay += world.between(10 * MILLI, 8 * SECOND);
        }
        long lateness = world.chance(0.25) ? SECOND : world.between(-20 * MILLI, 300 * MILLI);
        apply(() -> {
            present = true;
            long mine = generation;
            world.after(clock.toTrue(validSeconds * SECOND) + lateness, () -> expire(mine));
        });
        return new BindOutcome.Done();
    }

    private void expire(long bind) {
        if (generation == bind) {
            present = false;
            expired.run();
        }
    }

    @Override
    public BindOutcome unbind(VirtualIp vip) {
        apply(() -> present = false);
        return new BindOutcome.Done();
    }

    /** A call that a pause has held up takes effect when the pause is over, unless its process died in between. */
    private void apply(Runnable effect) {
        long life = callers;
        world.after(delay, () -> {
            if (life == callers) {
                generation++;
                effect.run();
            }
        });
    }

    /** A process that died in the middle of a pause never makes its call. */
    void abandonCalls() {
        callers++;
    }

    void powerOff() {
        abandonCalls();
        generation++;
        present = false;
    }
}
