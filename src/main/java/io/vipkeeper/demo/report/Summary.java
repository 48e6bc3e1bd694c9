package io.vipkeeper.demo.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

import io.vipkeeper.demo.Fault;
import io.vipkeeper.demo.Measurement;

/** The measurements of one fault with one program, at least one. All durations in nanoseconds. */
record Summary(String program, Fault fault, List<Measurement> runs) {
    static final String OURS = "vipkeeper";
    private static final Comparator<String> OURS_FIRST =
            Comparator.comparing((String name) -> !name.equals(OURS)).thenComparing(Comparator.naturalOrder());

    /** One for each fault and program that was measured, faults in their own order, vipkeeper before others. */
    static List<Summary> of(List<Measurement> measured) {
        List<String> programs = measured.stream()
                .map(Measurement::program)
                .distinct()
                .sorted(OURS_FIRST)
                .toList();
        List<Summary> summaries = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            for (String program : programs) {
                List<Measurement> runs = measured.stream()
                        .filter(one -> one.fault() == fault && one.program().equals(program))
                        .toList();
                if (!runs.isEmpty()) {
                    summaries.add(new Summary(program, fault, runs));
                }
            }
        }
        return summaries;
    }

    static Optional<Summary> find(List<Summary> among, Fault fault, String program) {
        return among.stream()
                .filter(one -> one.fault() == fault && one.program().equals(program))
                .findFirst();
    }

    static List<Fault> faults(List<Summary> among) {
        return Arrays.stream(Fault.values())
                .filter(fault -> among.stream().anyMatch(one -> one.fault() == fault))
                .toList();
    }

    static List<String> programs(List<Summary> among) {
        return among.stream()
                .map(Summary::program)
                .distinct()
                .sorted(OURS_FIRST)
                .toList();
    }

    long gap() {
        return median(Measurement::gap);
    }

    long worstGap() {
        return worst(Measurement::gap);
    }

    /** The worst: one double answer in many runs is one too many. */
    long twoAnswering() {
        return worst(Measurement::twoAnswering);
    }

    boolean withoutEnd() {
        return runs.stream().anyMatch(Measurement::withoutEnd);
    }

    boolean open() {
        return runs.stream().anyMatch(Measurement::open);
    }

    long moves() {
        return worst(Measurement::moves);
    }

    long flips() {
        return worst(Measurement::flips);
    }

    long oldAnswered() {
        return median(Measurement::oldAnswered);
    }

    long resolution() {
        return worst(Measurement::resolution);
    }

    OptionalLong takeover() {
        return medianOf(Measurement::takeover);
    }

    OptionalLong worstTakeover() {
        return runs.stream()
                .map(Measurement::takeover)
                .flatMapToLong(OptionalLong::stream)
                .max();
    }

    OptionalLong announced() {
        return medianOf(Measurement::announced);
    }

    OptionalLong sinceRenewal() {
        return medianOf(Measurement::sinceRenewal);
    }

    private long worst(ToLongFunction<Measurement> of) {
        return runs.stream().mapToLong(of).max().orElseThrow();
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
}
