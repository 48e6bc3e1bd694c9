package io.vipkeeper.sim;

import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** Virtual time: things happen in the order of their moment, and of their scheduling when it is the same. */
class World {
    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000_000_000L;

    /** How late a choice may make a message: more than a heartbeat, so that the next one overtakes it. */
    private static final long LATEST_MESSAGE = 60 * MILLI;

    private static final long LATEST_WAKE = 2 * MILLI;

    final Random random;
    boolean troubled = true;
    /** Where nothing takes any time and clocks differ as much as they may, no mistake of a few milliseconds is hidden. */
    final boolean sharp;

    final PriorityQueue<Happening> agenda = new PriorityQueue<>();
    private long now;
    private long scheduled;

    World(long seed) {
        this(seed, false);
    }

    /** @param surely whether it is sharp in any case */
    World(long seed, boolean surely) {
        // Neighbouring seeds begin alike otherwise.
        random = new Random(seed * 0x9E3779B97F4A7C15L);
        sharp = random.nextDouble() < 0.3 || surely;
    }

    /**
     * What could happen later than another thing at the same place, for all that the protocol may know.
     *
     * @param place the node, or the API server, that it happens to
     * @param until when it happens at the latest
     * @param losable whether it may not happen at all
     * @param matters whether anything will be different when it has happened
     */
    record Movable(String place, long until, boolean losable, BooleanSupplier matters) {}

    /** @param movable null for what happens when it is due */
    record Happening(long at, long order, Runnable what, Movable movable) implements Comparable<Happening> {
        @Override
        public int compareTo(Happening other) {
            return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
        }
    }

    /** True time in nanoseconds, which no node can see. */
    final long now() {
        return now;
    }

    final void after(long nanos, Runnable what) {
        schedule(now + Math.max(0, nanos), what, null);
    }

    /**
     * A message, which others at the same place may overtake.
     *
     * @param losable whether it may not arrive at all
     * @param heard whether there is somebody to hear it
     */
    final void message(long nanos, String place, boolean losable, BooleanSupplier heard, Runnable what) {
        schedule(now + nanos, what, new Movable(place, now + nanos + LATEST_MESSAGE, losable, heard));
    }

    /** A process's own timer, which a message may overtake. */
    final void wake(long nanos, String place, BooleanSupplier set, Runnable what) {
        schedule(now + nanos, what, new Movable(place, now + nanos + LATEST_WAKE, false, set));
    }

    final void schedule(long at, Runnable what, Movable movable) {
        agenda.add(new Happening(at, scheduled++, what, movable));
    }

    /** Runs until {@code end}; {@code check} is called whenever time has moved on. */
    final void runUntil(long end, Runnable check) {
        while (!agenda.isEmpty() && agenda.peek().at <= end) {
            if (agenda.peek().at > now) {
                check.run();
                now = agenda.peek().at;
            }
            Happening next = agenda.poll();
            if (takesPlace(next)) {
                next.what.run();
            }
        }
        check.run();
        now = end;
    }

    /** Whether it happens now, or was put off or lost. */
    boolean takesPlace(Happening next) {
        return true;
    }

    long between(long least, long most) {
        return least + (long) (random.nextDouble() * (most - least));
    }

    /** By how much a kernel is late. */
    long lateness(long least, long most) {
        return between(least, most);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }
}
