package io.vipkeeper.linux;

import java.time.Duration;

/**
 * How fast CLOCK_MONOTONIC, by which every right and every lifetime is counted here, runs beside CLOCK_MONOTONIC_RAW,
 * the same oscillator without what NTP and adjtimex make of it.
 */
public final class ClockRate {
    private static final int CLOCK_MONOTONIC = 1;
    private static final int CLOCK_MONOTONIC_RAW = 4;
    private static final int TRIES = 5;

    private final Libc libc;

    public ClockRate(Libc libc) {
        this.libc = libc;
    }

    /** Both clocks at one moment, in nanoseconds. */
    public record Reading(long monotonicNanos, long rawNanos) {

        /** How much faster the first clock ran than the second since {@code earlier}, in parts per million. */
        public double partsPerMillionSince(Reading earlier) {
            double monotonic = monotonicNanos - earlier.monotonicNanos;
            return (monotonic / (rawNanos - earlier.rawNanos) - 1) * 1e6;
        }
    }

    /**
     * Blocks for that long. Each reading is right to about a microsecond, so that a second gives about one part per
     * million.
     *
     * @throws KernelException if the kernel does not tell the time
     */
    public double partsPerMillion(Duration during) throws InterruptedException {
        read();
        Reading first = read();
        Thread.sleep(during);
        return read().partsPerMillionSince(first);
    }

    /** Of a few tries the one that was interrupted least. */
    private Reading read() {
        Reading best = null;
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            long before = nanos(CLOCK_MONOTONIC);
            long raw = nanos(CLOCK_MONOTONIC_RAW);
            long after = nanos(CLOCK_MONOTONIC);
            if (after - before < shortest) {
                shortest = after - before;
                best = new Reading(before + shortest / 2, raw);
            }
        }
        return best;
    }

    private long nanos(int clock) {
        long[] time = new long[2];
        KernelException.check("clock_gettime", "clock " + clock, libc.clockGettime(clock, time));
        return time[0] * 1_000_000_000L + time[1];
    }
}
