package io.vipkeeper.sim;

import java.util.PriorityQueue;
import java.util.Random;

/** Virtual time: things happen in the order of their moment, and of their scheduling when it is the same. */
final class World {
    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000_000_000L;

    final Random random;
    boolean troubled = true;
    /** Where nothing takes any time and clocks differ as much as they may, no mistake of a few milliseconds is hidden. */
    final boolean sharp;

    private final PriorityQueue<Happening> agenda = new PriorityQueue<>();
    private long now;
    private long scheduled;

    World(long seed) {
        // Neighbouring seeds begin alike otherwise.
        random = new Random(seed * 0x9E3779B97F4A7C15L);
        sharp = random.nextDouble() < 0.3;
    }

    private record Happening(long at, long order, Runnable what) implements Comparable<Happening> {
        @Override
        public int compareTo(Happening other) {
            return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
        }
    }

    /** True time in nanoseconds, which no node can see. */
    long now() {
        return now;
    }

    void after(long nanos, Runnable what) {
        agenda.add(new Happening(now + Math.max(0, nanos), scheduled++, what));
    }

    /** Runs until {@code end}; {@code check} is called whenever time has moved on. */
    void runUntil(long end, Runnable check) {
        while (!agenda.isEmpty() && agenda.peek().at <= end) {
            if (agenda.peek().at > now) {
                check.run();
                now = agenda.peek().at;
            }
            agenda.poll().what.run();
        }
        check.run();
        now = end;
    }

    long between(long least, long most) {
        return least + (long) (random.nextDouble() * (most - least));
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }
}
