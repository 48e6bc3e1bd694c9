package io.vipkeeper.demo.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Whole decades of milliseconds from left to right; at least three of them, the first from 1 ms.
 *
 * @param decades how many
 * @param left where 1 ms is
 * @param width of all of them
 */
record LogScale(int decades, double left, double width) {
    private static final double NANOS_PER_MS = 1e6;
    private static final int LEAST_DECADES = 3;

    /** Just as many decades as the greatest value needs. */
    static LogScale of(LongStream nanos, double left, double width) {
        double greatest = nanos.max().orElse(0) / NANOS_PER_MS;
        int needed = greatest > 1 ? (int) Math.ceil(Math.log10(greatest)) : 0;
        return new LogScale(Math.max(LEAST_DECADES, needed), left, width);
    }

    /** Less than a millisecond is drawn as one. */
    double x(long nanos) {
        return left + width * Math.log10(Math.max(1, nanos / NANOS_PER_MS)) / decades;
    }

    /** The ends of the decades, in milliseconds. */
    List<Long> ticks() {
        return IntStream.rangeClosed(0, decades)
                .mapToObj(decade -> Math.round(Math.pow(10, decade)))
                .toList();
    }

    double xOfTick(long millis) {
        return x(Math.round(millis * NANOS_PER_MS));
    }

    /** With a thin gap between thousands. */
    static String label(long millis) {
        return String.format(Locale.ROOT, "%,d", millis).replace(',', '\u202f');
    }
}
