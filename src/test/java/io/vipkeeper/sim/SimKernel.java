package io.vipkeeper.sim;

import io.vipkeeper.vip.AddressBinder;
import io.vipkeeper.vip.BindOutcome;
import io.vipkeeper.vip.Fence;
import io.vipkeeper.vip.NoFence;
import io.vipkeeper.vip.VirtualIp;

import static io.vipkeeper.sim.World.MILLI;
import static io.vipkeeper.sim.World.SECOND;

/** One machine's address table, which outlives processes and removes what expires up to a second late. */
final class SimKernel implements AddressBinder {
    private final World world;
    private final SimClock clock;
    private boolean present;
    private boolean guarded;
    private boolean admitted;
    private long admissions;
    private final boolean fenced;
    boolean fenceExpires = true;
    private long generation;
    private long delay;
    private long callers;
    private Runnable expired = () -> {};

    /** @param fenced whether it can filter */
    SimKernel(World world, SimClock clock, boolean fenced) {
        this.fenced = fenced;
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
        beSlow();
        long lateness = world.chance(0.25) ? SECOND : world.lateness(-20 * MILLI, 300 * MILLI);
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

    /** Whether what the neighbours send to the address, and what claims it, passes. */
    boolean passes() {
        return !guarded || admitted;
    }

    /** The filter that ends an address to the millisecond: early as jiffies go, or late as a short pause makes it. */
    Fence fence() {
        return fenced ? filter() : new NoFence();
    }

    private Fence filter() {
        return new Fence() {
            @Override
            public BindOutcome admit(VirtualIp vip, long millis) {
                beSlow();
                apply(() -> {
                    guarded = true;
                    admitted = millis > 11;
                    long mine = ++admissions;
                    long length = millis * MILLI + world.lateness(world.sharp ? 0 : -8 * MILLI, 2 * MILLI);
                    if (fenceExpires) {
                        world.after(clock.toTrue(length), () -> admitted &= mine != admissions);
                    }
                });
                return new BindOutcome.Done();
            }

            @Override
            public BindOutcome block(VirtualIp vip) {
                apply(() -> {
                    admissions++;
                    admitted = false;
                });
                return new BindOutcome.Done();
            }

            @Override
            public boolean inForce() {
                return true;
            }

            @Override
            public void remove() {
                // The simulated processes leave it, as crashed ones do.
            }
        };
    }

    /** One pause a call: two within the same few instructions are beyond what the protocol promises. */
    private void beSlow() {
        if (world.troubled && delay == 0 && world.chance(0.002)) {
            delay += world.chance(0.5) ? world.between(MILLI, 400 * MILLI) : world.between(10 * MILLI, 8 * SECOND);
        }
    }

    @Override
    public BindOutcome unbind(VirtualIp vip) {
        apply(() -> present = false);
        return new BindOutcome.Done();
    }

    /** A call that a pause has held up takes effect when the pause is over, unless its process died in between. */
    private void apply(Runnable effect) {
        afterCalls(() -> {
            generation++;
            effect.run();
        });
    }

    /** The same for what follows those calls without being one: it sees what they did. */
    void afterCalls(Runnable effect) {
        long life = callers;
        world.after(delay, () -> {
            if (life == callers) {
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
        admissions++;
        present = false;
        guarded = false;
        admitted = false;
    }
}
