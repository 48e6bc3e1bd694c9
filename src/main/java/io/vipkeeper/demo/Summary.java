package io.vipkeeper.demo;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/** The measurements of one fault with one program, as medians; the worst where only the worst counts. */
record Summary(String program, Fault fault, List<Measurement> runs) {

    static final String CSV_HEADING = "program,fault,run,holder,successor,gap_ms,gap_open,two_answering_ms,"
            + "two_answering_without_end,old_answered_ms,takeover_ms,announced_ms,since_renewal_ms,resolution_ms";

    long gap() {
        return median(Measurement::gap);
    }

    /** The worst: one double answer in many runs is one too many. */
    long twoAnswering() {
        return runs.stream().mapToLong(Measurement::twoAnswering).max().orElse(0);
    }

    boolean withoutEnd() {
        return runs.stream().anyMatch(Measurement::withoutEnd);
    }

    boolean open() {
        return runs.stream().anyMatch(Measurement::open);
    }

    long oldAnswered() {
        return median(Measurement::oldAnswered);
    }

    long resolution() {
        return runs.stream().mapToLong(Measurement::resolution).max().orElse(0);
    }

    OptionalLong announced() {
        return medianOf(Measurement::announced);
    }

    OptionalLong sinceRenewal() {
        return medianOf(Measurement::sinceRenewal);
    }

    private long median(ToLongFunction<Measurement> of) {
        return median(runs.stream().mapToLong(of)).orElseThrow();
    }

    private OptionalLong medianOf(Function<Measurement, OptionalLong> of) {
        return median(runs.stream().map(of).flatMapToLong(OptionalLong::stream));
    }

    /** The middle one; of an even number the greater of the two in the middle. */
    static OptionalLong median(LongStream values) {
        long[] sorted = values.sorted().toArray();
        return sorted.length == 0 ? OptionalLong.empty() : OptionalLong.of(sorted[sorted.length / 2]);
    }

    List<String> csv() {
        return runs.stream().map(run -> csv(run, runs.indexOf(run) + 1)).toList();
    }

    private static String csv(Measurement run, int number) {
        return String.join(
                ",",
                run.program(),
                run.fault().name(),
                Integer.toString(number),
                run.holder(),
                run.successor().orElse(""),
                millis(run.gap()),
                Boolean.toString(run.open()),
                millis(run.twoAnswering()),
                Boolean.toString(run.withoutEnd()),
                millis(run.oldAnswered()),
                millis(run.takeover()),
                millis(run.announced()),
                millis(run.sinceRenewal()),
                millis(run.resolution()));
    }

    private static String millis(OptionalLong nanos) {
        return nanos.isPresent() ? millis(nanos.getAsLong()) : "";
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / 1e6);
    }
}
