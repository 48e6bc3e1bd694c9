package io.vipkeeper.e2e.recording;

import java.time.Instant;

/** The clock of all recordings: CLOCK_REALTIME, by which {@code tcpdump} and {@code ip} stamp as well. */
public final class Times {
    private Times() {}

    /** Nanoseconds since 1970. */
    public static long now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000 + now.getNano();
    }

    /** Stays the same as long as nobody sets the clock. */
    static long aheadOfMonotonic() {
        return now() - System.nanoTime();
    }
}
