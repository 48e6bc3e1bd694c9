package io.vipkeeper.cli.preflight.api;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;

import io.vipkeeper.cli.common.Printable;
import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.kubernetes.ApiSurvey.Told;
import io.vipkeeper.lease.ApiFailure;

/** Whether the API server writes fast enough for the timing that was chosen. */
final class WriteLatency {
    private static final String CHECK = "writes";
    private static final int WRITES = 10;

    private WriteLatency() {}

    /**
     * Writes ten times; the first answer that is of no use ends it.
     *
     * @param bound how long one request may take
     */
    static Finding of(Supplier<Told<Duration>> write, Duration bound) {
        long[] nanos = new long[WRITES];
        for (int i = 0; i < WRITES; i++) {
            switch (write.get()) {
                case Told.Known<Duration>(Duration took) -> nanos[i] = took.toNanos();
                case Told.Unknown<Duration>(ApiFailure cause, String detail) -> {
                    return Finding.failure(
                            CHECK,
                            "dry run " + (i + 1) + " of " + WRITES + " did not succeed",
                            Printable.of(detail),
                            cause == ApiFailure.FORBIDDEN ? Rights.REMEDY : "look at the API server and at etcd");
                }
            }
        }
        Arrays.sort(nanos);
        long median = (nanos[WRITES / 2 - 1] + nanos[WRITES / 2]) / 2;
        String what = "%d dry runs took %s in the median, %s at most"
                .formatted(WRITES, millis(median), millis(nanos[WRITES - 1]));
        return nanos[WRITES - 1] > bound.toNanos() / 2
                ? Finding.warning(
                        CHECK,
                        what,
                        "that is more than half of the " + bound.toMillis() + " ms that one request may take",
                        "look at etcd's disk and at the server's load, or lengthen vip_retryperiod (--leaseRetry)")
                : Finding.ok(CHECK, what + ", of " + bound.toMillis() + " ms that one request may take");
    }

    private static String millis(long nanos) {
        return "%.1f ms".formatted(nanos / 1e6);
    }
}
