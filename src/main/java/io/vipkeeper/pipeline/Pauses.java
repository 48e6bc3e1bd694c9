package io.vipkeeper.pipeline;

import java.time.Duration;

/**
 * How late a thread woke at the worst, lately: a process that is frozen, starved or collecting garbage wakes late. Noted
 * by one thread, read by any; times are of one monotonic clock.
 */
final class Pauses {
    /** What is remembered is between one and two of these old. */
    static final Duration WINDOW = Duration.ofMinutes(5);

    private Windows windows;

    private record Windows(long sinceNanos, long longest, long longestBefore) {

        Windows at(long now) {
            long age = now - sinceNanos;
            if (age < WINDOW.toNanos()) {
                return this;
            }
            return new Windows(now, 0, age < 2 * WINDOW.toNanos() ? longest : 0);
        }

        long worst() {
            return Math.max(longest, longestBefore);
        }
    }

    Pauses(long now) {
        windows = new Windows(now, 0, 0);
    }

    /** @param lateNanos between when it was to wake and when it did */
    synchronized void note(long lateNanos, long now) {
        Windows current = windows.at(now);
        windows = new Windows(current.sinceNanos(), Math.max(current.longest(), lateNanos), current.longestBefore());
    }

    /** Nanoseconds. */
    synchronized long longest(long now) {
        return windows.at(now).worst();
    }
}
