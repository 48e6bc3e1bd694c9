package io.vipkeeper.demo.footprint;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.vipkeeper.demo.Cluster;
import io.vipkeeper.demo.Packaged;
import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.lab.LabPlan;

/** Measures what the packaged program needs, and keepalived in the same network. */
public final class FootprintBenchmark {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int REPEATED = 5;

    private final FootprintOptions options;
    private final Cluster.ApiKind api;
    private final LabPlan plan;
    private final Consumer<String> step;
    private final Figures figures = new Figures();

    private FootprintBenchmark(FootprintOptions options, Cluster.ApiKind api, LabPlan plan, Consumer<String> step) {
        this.options = options;
        this.api = api;
        this.plan = plan;
        this.step = step;
    }

    /**
     * @param step told what is being done
     * @return a table
     * @throws LabException if a lab cannot be built or a program does not come up
     */
    public static List<String> run(FootprintOptions options, Cluster.ApiKind api, LabPlan plan, Consumer<String> step) {
        FootprintBenchmark benchmark = new FootprintBenchmark(options, api, plan, step);
        benchmark.size();
        benchmark.commands();
        benchmark.withFastPath();
        benchmark.withoutFastPath();
        if (options.compare()) {
            benchmark.keepalived();
        }
        return benchmark.figures.lines();
    }

    private void size() {
        Packaged packaged = Packaged.find();
        if (!packaged.isJar()) {
            figures.mebibytes("size of the executable", packaged.file().toFile().length() / 1024.0, 60);
        }
    }

    private void commands() {
        command("version", "version");
        command(
                "manifest pod",
                "manifest",
                "pod",
                "--arp",
                "--controlplane",
                "--leaderElection",
                "--address=" + LabPlan.VIP,
                "--interface=eth0");
    }

    private void command(String name, String... arguments) {
        step.accept("'" + name + "', " + REPEATED + " times");
        List<String> line = Packaged.find().command(arguments);
        List<ShortCommand> runs =
                Stream.generate(() -> ShortCommand.run(line)).limit(REPEATED).toList();
        figures.millis(
                name + ": time",
                runs.stream()
                        .mapToLong(ShortCommand::nanos)
                        .sorted()
                        .skip(REPEATED / 2)
                        .findFirst(),
                50);
        figures.mebibytes(
                name + ": peak resident",
                runs.stream().mapToLong(ShortCommand::peakKib).max().orElseThrow(),
                30);
    }

    private void withFastPath() {
        try (Cluster cluster = Cluster.vipkeeper(plan, api)) {
            cluster.startAll(LIMIT);
            cluster.lab().startBusyLoops(options.busyLoops());
            Phase phase = phase(cluster, options.length(), "with the fast path");
            cluster.lab().stopBusyLoops();
            String age = " after " + options.minutes() + " min";
            figures.mebibytes("holder: resident" + age, phase.holder().last().residentKib(), 40);
            figures.mebibytes(
                    "holder: private dirty" + age, phase.holder().last().privateDirtyKib(), 20);
            figures.growth("holder: growth", phase.holder().residentTrend());
            figures.mebibytes(
                    "follower: resident" + age, phase.follower().last().residentKib(), 35);
            figures.add(
                    "follower: private dirty" + age,
                    Figures.text("%.1f MiB", phase.follower().last().privateDirtyKib() / 1024.0));
            figures.growth("follower: growth", phase.follower().residentTrend());
            figures.percent("holder: CPU", phase.holder().cpuShare(), 1);
            cpu("follower: CPU", phase.follower());
            phase.longestPause()
                    .ifPresent(pause -> figures.add(
                            "longest pause of the core, " + options.busyLoops() + " busy loops",
                            Figures.text("%.0f ms", pause * 1000)));
            starts(cluster);
        }
    }

    /** After all else: API servers that are young themselves would compete for the CPU. */
    private void starts(Cluster cluster) {
        cluster.nodes().forEach(LabNode::stop);
        cluster.nodes().forEach(node -> node.awaitEnd(LIMIT));
        Starts starts = new Starts(cluster);
        for (int run = 1; run <= REPEATED; run++) {
            step.accept("start " + run);
            starts.run();
        }
        figures.millis("exec to campaigning", starts.campaigning(), 100);
        figures.millis("exec to /q/health/live", starts.live(), 60);
    }

    private void withoutFastPath() {
        try (Cluster cluster = Cluster.vipkeeper(plan, api, Map.of("vip_fast", "off"))) {
            cluster.startAll(LIMIT);
            Phase phase = phase(cluster, options.comparison(), "without the fast path");
            figures.percent("holder without the fast path: CPU", phase.holder().cpuShare(), 0.3);
            cpu("follower without the fast path: CPU", phase.follower());
        }
    }

    private void keepalived() {
        try (Cluster cluster = Cluster.keepalived(plan.size())) {
            cluster.startAll(LIMIT);
            Phase phase = phase(cluster, options.comparison(), "keepalived");
            memory("keepalived, master", phase.holder());
            cpu("keepalived, master: CPU", phase.holder());
            memory("keepalived, backup", phase.follower());
            cpu("keepalived, backup: CPU", phase.follower());
        }
    }

    private void memory(String name, Watched watched) {
        Usage last = watched.last();
        figures.add(name + ": resident", Figures.text("%.1f MiB", last.residentKib() / 1024.0));
        figures.add(name + ": private dirty", Figures.text("%.1f MiB", last.privateDirtyKib() / 1024.0));
    }

    private void cpu(String name, Watched watched) {
        figures.add(name, Figures.text("%.2f %%", watched.cpuShare() * 100));
    }

    private Phase phase(Cluster cluster, Duration length, String what) {
        step.accept("watching for " + length.toSeconds() + " s: " + what);
        return Phase.watch(cluster, length);
    }
}
