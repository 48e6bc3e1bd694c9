package io.vipkeeper.demo.show;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.vipkeeper.demo.FastPath;
import io.vipkeeper.demo.Measurement;
import io.vipkeeper.demo.lab.LabException;
import io.vipkeeper.demo.report.Picture;
import io.vipkeeper.demo.report.RawTimes;
import io.vipkeeper.demo.report.Table;
import io.vipkeeper.demo.report.Tables;

/**
 * What a benchmark has found so far. Its files are written anew after each run, so that hours of measuring leave what
 * they have found whatever ends them.
 */
final class Results {
    private final BenchmarkOptions options;
    private final Screen screen;
    private final List<Measurement> earlier;
    private final List<Measurement> measured = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** @throws LabException if an earlier CSV cannot be read, or a file cannot be written */
    Results(BenchmarkOptions options, Screen screen) {
        this.options = options;
        this.screen = screen;
        this.earlier = options.merge().map(RawTimes::read).orElse(List.of());
        save(earlier);
    }

    void add(Measurement one, int run) {
        measured.add(one);
        save(merged());
        screen.step(one.program() + ", " + one.fault().label() + ", run " + run + ": gap " + Table.time(one.gap())
                + ", two answering " + Table.time(one.twoAnswering()) + ", moves " + one.moves()
                + (one.fastPath() == FastPath.OFF ? ", without the fast path" : ""));
    }

    void failed(String trial, LabException why) {
        notes.add("not measured: " + trial);
        screen.step(trial + " could not be measured: " + why.getMessage());
    }

    void starts(List<Long> nanos) {
        Tables.median(nanos)
                .ifPresent(start -> notes.add("first node started, no Lease: answers after " + Table.time(start)));
    }

    void footprint(String line) {
        notes.add(line);
    }

    /** All tables and the picture, of what is there. */
    void report() {
        List<Measurement> all = merged();
        if (all.isEmpty()) {
            return;
        }
        screen.plain("");
        screen.plain("gap and moved after: median and worst; two answering, moves, flips back: the worst");
        Tables.comparison(all).forEach(screen::plain);
        screen.plain("");
        Tables.details(all).forEach(screen::plain);
        long without =
                all.stream().filter(one -> one.fastPath() == FastPath.OFF).count();
        if (without > 0) {
            notes.add(without + " runs began without the fast path");
        }
        notes.forEach(screen::plain);
        options.csv().ifPresent(csv -> screen.plain("each run: " + csv));
        options.svg().ifPresent(svg -> screen.plain("picture: " + svg));
    }

    /** What was measured now replaces earlier runs of the same fault with the same program. */
    private List<Measurement> merged() {
        List<Measurement> all = new ArrayList<>(earlier);
        all.removeIf(old -> measured.stream()
                .anyMatch(one -> one.fault() == old.fault() && one.program().equals(old.program())));
        all.addAll(measured);
        return all;
    }

    private void save(List<Measurement> all) {
        options.csv().ifPresent(csv -> write("--csv", csv, RawTimes.of(all)));
        options.svg().ifPresent(svg -> write("--svg", svg, Picture.of(all)));
    }

    private static void write(String option, Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new LabException(option + " " + file + " cannot be written: " + e, e);
        }
    }
}
