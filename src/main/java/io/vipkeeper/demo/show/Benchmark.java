package io.vipkeeper.demo.show;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.vipkeeper.demo.Cluster;
import io.vipkeeper.demo.FastPath;
import io.vipkeeper.demo.Fault;
import io.vipkeeper.demo.Measurement;
import io.vipkeeper.demo.Pace;
import io.vipkeeper.demo.Trial;
import io.vipkeeper.demo.lab.LabException;
import io.vipkeeper.demo.lab.LabPlan;

/** Every fault several times, with vipkeeper and, where it means something, with keepalived in the same lab. */
final class Benchmark {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final int STARTS = 5;
    private static final int MOST_FAILURES = 5;

    private final DemoOptions demo;
    private final BenchmarkOptions options;
    private final Screen screen;
    private final Results results;
    private int failures;

    private Benchmark(DemoOptions demo, BenchmarkOptions options, Screen screen) {
        this.demo = demo;
        this.options = options;
        this.screen = screen;
        this.results = new Results(options, screen);
    }

    /**
     * @throws LabException if a lab cannot be built, a program does not come up, trials fail again and again, or a file
     *     cannot be written
     */
    static void run(DemoOptions demo, BenchmarkOptions options, Screen screen) {
        Benchmark benchmark = new Benchmark(demo, options, screen);
        benchmark.requireTools();
        try {
            benchmark.measureBoth();
        } finally {
            benchmark.results.report();
        }
    }

    private void requireTools() {
        faults().stream().flatMap(fault -> fault.problem().stream()).findFirst().ifPresent(problem -> {
            throw new LabException(problem + ", or choose other faults with --fault");
        });
    }

    private List<Fault> faults() {
        return options.faults(demo.api());
    }

    private void measureBoth() {
        boolean whole = options.chosen().isEmpty();
        try (Cluster cluster = Cluster.vipkeeper(new LabPlan(demo.nodes(), false), demo.api())) {
            Footprint footprint = new Footprint(cluster, screen);
            if (whole) {
                results.starts(footprint.starts(Math.min(STARTS, options.runs())));
            }
            cluster.startAll(START_LIMIT);
            measure(cluster, faults());
            if (whole) {
                results.footprint(footprint.ofHolder(options.runs() >= STARTS));
            }
        }
        List<Fault> common =
                faults().stream().filter(fault -> !fault.needsApi()).toList();
        if (options.compare() && !common.isEmpty()) {
            try (Cluster cluster = Cluster.keepalived(demo.nodes())) {
                cluster.startAll(START_LIMIT);
                measure(cluster, common);
            }
        }
    }

    private void measure(Cluster cluster, List<Fault> faults) {
        Trial trial = new Trial(cluster, Pace.measured(options.loss(), options.settle()));
        for (Fault fault : faults) {
            for (int run = 1; run <= options.runs(fault); run++) {
                int number = run;
                attempt(cluster, trial, fault, run).ifPresent(measured -> note(cluster, measured, number));
            }
        }
    }

    /** Hours of measuring shall not be lost to one trial whose cluster did not become whole in time. */
    private Optional<Measurement> attempt(Cluster cluster, Trial trial, Fault fault, int run) {
        cluster.probe().timeline().forgetBefore(System.nanoTime() - KEPT.toNanos());
        try {
            return Optional.of(trial.run(fault));
        } catch (LabException e) {
            if (++failures > MOST_FAILURES) {
                throw e;
            }
            results.failed(cluster.program().name() + ", " + fault.label() + ", run " + run, e);
            cluster.restartAll(START_LIMIT);
            return Optional.empty();
        }
    }

    private void note(Cluster cluster, Measurement measured, int run) {
        results.add(measured, run);
        if (measured.fault().isDamped() && measured.fastPath() != FastPath.ABSENT) {
            // The next run shall find programs that remember nothing of this one.
            cluster.restartAll(START_LIMIT);
        }
    }
}
