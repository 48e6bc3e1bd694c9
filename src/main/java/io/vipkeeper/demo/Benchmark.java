package io.vipkeeper.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

import io.vipkeeper.demo.lab.LabException;
import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.lab.LabPlan;
import io.vipkeeper.demo.probe.Probe;

/** Every fault several times, with vipkeeper and, where it means something, with keepalived in the same lab. */
final class Benchmark {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private static final Duration SETTLED = Duration.ofMinutes(5);
    private static final Duration SAMPLE = Duration.ofSeconds(30);

    private final DemoOptions options;
    private final Screen screen;
    private final List<Summary> summaries = new ArrayList<>();

    Benchmark(DemoOptions options, Screen screen) {
        this.options = options;
        this.screen = screen;
    }

    /** @throws LabException if a lab cannot be built, a program does not come up, or the CSV cannot be written */
    void run() {
        options.csv().ifPresent(Benchmark::requireWritable);
        LabPlan plan = new LabPlan(options.nodes(), false);
        List<Long> starts = new ArrayList<>();
        String footprint;
        try (Cluster cluster = Cluster.vipkeeper(plan, options.api())) {
            measureStarts(cluster, starts);
            cluster.startAll(START_LIMIT);
            measure(cluster);
            footprint = footprint(cluster);
        }
        if (options.compare()) {
            try (Cluster cluster = Cluster.keepalived(options.nodes())) {
                cluster.startAll(START_LIMIT);
                measure(cluster);
            }
        }
        report(starts, footprint);
        options.csv().ifPresent(this::write);
    }

    /** From the start of the process to the first answer, with no Lease and no other candidate. */
    private void measureStarts(Cluster cluster, List<Long> starts) {
        LabNode first = cluster.nodes().getFirst();
        for (int run = 1; run <= options.runs(); run++) {
            cluster.api().admin().deleteLease("plndr-cp-lock");
            long started = System.nanoTime();
            first.start();
            cluster.probe()
                    .awaitHolder(START_LIMIT)
                    .orElseThrow(() -> new LabException(
                            "a first node did not take the VIP; its log ends with:\n" + Cluster.tail(first)));
            OptionalLong answered = cluster.probe().timeline().firstAnswer(first.mac(), started);
            starts.add(answered.orElseThrow() - started);
            screen.step("start " + run + ": VIP answers after " + Table.time(starts.getLast()));
            first.stop();
            first.awaitEnd(Duration.ofSeconds(10));
            cluster.probe().awaitNobody(START_LIMIT);
        }
    }

    private void measure(Cluster cluster) {
        Trial trial = new Trial(cluster);
        for (Fault fault : Fault.values()) {
            if (fault.needsApi() && !cluster.hasApi() || !fault.possibleWith(options.api())) {
                continue;
            }
            List<Measurement> runs = new ArrayList<>();
            for (int run = 1; run <= options.runs(); run++) {
                runs.add(trial.run(fault));
                screen.step(cluster.program().name() + ", " + fault.label() + ", run " + run + ": gap "
                        + Table.time(runs.getLast().gap()) + ", two answering "
                        + Table.time(runs.getLast().twoAnswering()));
            }
            summaries.add(new Summary(cluster.program().name(), fault, runs));
        }
    }

    /** Of a holder that has had time to settle, if the user has: five minutes in a benchmark of five runs. */
    private String footprint(Cluster cluster) {
        LabNode holder = cluster.probe().awaitHolder(START_LIMIT).orElseThrow();
        Duration young = SETTLED.minus(SAMPLE).minus(holder.age());
        if (options.runs() >= 5 && young.isPositive()) {
            screen.step("waiting until the holder " + holder + " is five minutes old");
            Probe.pause(young);
        }
        Duration before = holder.cpuTime();
        long from = System.nanoTime();
        Probe.pause(SAMPLE);
        double share = holder.cpuTime().minus(before).toNanos() * 100.0 / (System.nanoTime() - from);
        return String.format(
                Locale.ROOT,
                "holder after %d s: %d MiB resident, %.1f %% of one CPU (over 30 s)",
                holder.age().toSeconds(),
                holder.residentKib() / 1024,
                share);
    }

    private void report(List<Long> starts, String footprint) {
        Table table = new Table(
                "fault",
                "program",
                "client gap",
                "two answering",
                "old answered",
                "announced",
                "since renewal",
                "resolution");
        for (Fault fault : Fault.values()) {
            summaries.stream().filter(one -> one.fault() == fault).forEach(one -> table.add(row(one)));
        }
        screen.plain("");
        screen.plain("medians, two answering: the worst; runs: " + options.runs());
        table.lines().forEach(screen::plain);
        Summary.median(starts.stream().mapToLong(Long::longValue))
                .ifPresent(start -> screen.plain("first node started, no Lease: answers after " + Table.time(start)));
        screen.plain(footprint);
    }

    private static String[] row(Summary one) {
        return new String[] {
            one.fault().label(),
            one.program(),
            (one.open() ? "over " : "") + Table.time(one.gap()),
            one.withoutEnd() ? "without end" : Table.time(one.twoAnswering()),
            Table.time(one.oldAnswered()),
            text(one.announced()),
            text(one.sinceRenewal()),
            Table.time(one.resolution())
        };
    }

    private static String text(OptionalLong nanos) {
        return nanos.isPresent() ? Table.time(nanos.getAsLong()) : "-";
    }

    private static void requireWritable(Path csv) {
        try {
            Files.writeString(csv, Summary.CSV_HEADING + "\n");
        } catch (IOException e) {
            throw new LabException("--csv " + csv + " cannot be written: " + e, e);
        }
    }

    private void write(Path csv) {
        List<String> lines = new ArrayList<>(List.of(Summary.CSV_HEADING));
        summaries.forEach(one -> lines.addAll(one.csv()));
        try {
            Files.write(csv, lines);
            screen.plain("each run: " + csv);
        } catch (IOException e) {
            throw new LabException("--csv " + csv + " cannot be written: " + e, e);
        }
    }
}
