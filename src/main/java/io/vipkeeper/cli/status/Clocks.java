package io.vipkeeper.cli.status;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Times of other machines, and durations for people. */
final class Clocks {
    private Clocks() {}

    /** Empty for a text that is no time. */
    static Optional<Duration> age(String time, Instant now) {
        return instant(time).map(at -> Duration.between(at, now));
    }

    static Optional<Instant> instant(String time) {
        try {
            return Optional.of(Instant.parse(time));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** As {@code 7 s}, {@code 12 min}, {@code 5 h} or {@code 3 d}. */
    static String text(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7_200
                ? seconds / 60 + " min"
                : seconds < 172_800 ? seconds / 3_600 + " h" : seconds / 86_400 + " d";
    }
}
