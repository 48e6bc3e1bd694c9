package io.vipkeeper.observe.status;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How the document writes times. */
final class Times {
    private Times() {}

    /** ISO 8601, to the millisecond. */
    static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** Milliseconds, to the microsecond. */
    static double millis(long nanos) {
        return nanos / 1_000 / 1e3;
    }
}
