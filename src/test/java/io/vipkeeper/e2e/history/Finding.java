package io.vipkeeper.e2e.history;

import java.time.Instant;

/**
 * A breach of a rule.
 *
 * @param time CLOCK_REALTIME in nanoseconds since 1970; 0 if it concerns the whole recording
 */
public record Finding(long time, String rule, String what) {

    @Override
    public String toString() {
        Instant when = Instant.ofEpochSecond(time / 1_000_000_000, time % 1_000_000_000);
        return (time == 0 ? "" : when + " ") + "[" + rule + "] " + what;
    }
}
