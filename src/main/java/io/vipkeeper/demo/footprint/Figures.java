package io.vipkeeper.demo.footprint;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

import io.vipkeeper.demo.report.Table;

/** The figures that were measured, each beside what is to be reached. */
final class Figures {
    private static final String NONE = "";

    private final Table table = new Table("figure", "measured", "to reach", "reached");

    /** A figure to look at, with nothing to reach. */
    void add(String name, String measured) {
        table.add(name, measured, NONE, NONE);
    }

    void millis(String name, OptionalLong nanos, double most) {
        nanos.ifPresent(present -> bounded(name, present / 1e6, most, "%.0f ms"));
    }

    void mebibytes(String name, double kib, double most) {
        bounded(name, kib / 1024, most, "%.1f MiB");
    }

    void percent(String name, double share, double most) {
        bounded(name, share * 100, most, "%.2f %%");
    }

    /** Reached unless the whole interval of the slope lies above zero. */
    void growth(String name, Trend trend) {
        boolean grows = trend.perHour() - trend.halfWidth() > 0;
        String measured = text("%+.2f MiB/h", trend.perHour() / 1024) + text(" +- %.2f", trend.halfWidth() / 1024);
        table.add(name, measured, "no growth", grows ? "no" : "yes");
    }

    List<String> lines() {
        return table.lines();
    }

    static String text(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private void bounded(String name, double value, double most, String format) {
        String bound = "<= " + text(format.replaceAll("\\.\\d", ".0"), most);
        if (most < 1) {
            bound = "<= " + text(format, most);
        }
        table.add(name, text(format, value), bound, value <= most ? "yes" : "no");
    }
}
