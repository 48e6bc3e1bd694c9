package io.vipkeeper.demo.show;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.vipkeeper.demo.Cluster;
import io.vipkeeper.demo.Fault;
import io.vipkeeper.demo.Measurement;
import io.vipkeeper.demo.Trial;
import io.vipkeeper.demo.footprint.FootprintBenchmark;
import io.vipkeeper.demo.lab.LabAccess;
import io.vipkeeper.demo.lab.LabException;
import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.lab.LabPlan;
import io.vipkeeper.demo.report.Table;

/** The demonstration: a cluster on this machine whose holder is stopped, killed, frozen and unplugged in turn. */
public final class Demo {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int INTERRUPTED = 130;
    private static final List<Fault> TOUR = List.of(Fault.STOP, Fault.KILL, Fault.FREEZE, Fault.UNPLUG);

    private final DemoOptions options;
    private final PrintStream err;
    private final Screen screen;

    private Demo(DemoOptions options, PrintStream out, PrintStream err) {
        this.options = options;
        this.err = err;
        this.screen = new Screen(out, Screen.terminal());
    }

    /**
     * Runs it to its end; if this user needs a user namespace for it, in a second process inside one.
     *
     * @return the exit code: 0, or 1 after one sentence on {@code err} that says what is missing or went wrong
     */
    public static int run(DemoOptions options, PrintStream out, PrintStream err) {
        Optional<Integer> elsewhere = LabAccess.enterUserNamespace();
        return elsewhere.orElseGet(() -> new Demo(options, out, err).here());
    }

    private int here() {
        try {
            show();
            return 0;
        } catch (LabException e) {
            if (endingAnyway()) {
                return INTERRUPTED;
            }
            err.println("vipkeeper demo: " + e.getMessage());
            return 1;
        }
    }

    private void show() {
        if (options.benchmark().isPresent()) {
            Benchmark.run(options, options.benchmark().get(), screen);
        } else if (options.footprint().isPresent()) {
            LabPlan plan = new LabPlan(options.nodes(), false);
            List<String> table = FootprintBenchmark.run(options.footprint().get(), options.api(), plan, screen::step);
            screen.plain("");
            table.forEach(screen::plain);
        } else {
            tour();
        }
    }

    /** After a Ctrl-C the lab goes away under our feet, which is no failure to speak of. */
    private static boolean endingAnyway() {
        Thread hook = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    private void tour() {
        screen.step(options.nodes() + " nodes, VIP " + LabPlan.VIP + ", lease 5 s, renew deadline 3 s, retry 1 s; "
                + switch (options.api()) {
                    case EMBEDDED -> "embedded Lease server";
                    case REAL, BARE -> "kube-apiserver on each node";
                });
        Table table = new Table("fault", "client gap", "two answering", "old answered", "taken over by");
        try (Cluster cluster = Cluster.vipkeeper(new LabPlan(options.nodes(), false), options.api())) {
            tryFaults(cluster, table);
        }
        screen.plain("");
        table.lines().forEach(screen::plain);
    }

    private void tryFaults(Cluster cluster, Table table) {
        HolderWatch watch = HolderWatch.start(cluster, screen);
        try {
            cluster.startAll(START_LIMIT);
            Trial trial = new Trial(cluster);
            for (Fault fault : TOUR) {
                screen.step(fault.label() + ": "
                        + cluster.probe().holder().map(LabNode::name).orElse("nobody"));
                table.add(row(trial.run(fault)));
            }
        } finally {
            watch.stop();
        }
    }

    private static String[] row(Measurement measured) {
        String after = measured.takeover().isPresent()
                ? " after " + Table.time(measured.takeover().getAsLong())
                : "";
        return new String[] {
            measured.fault().label() + ": " + measured.holder(),
            (measured.open() ? "over " : "") + Table.time(measured.gap()),
            (measured.withoutEnd() ? "over " : "") + Table.time(measured.twoAnswering()),
            Table.time(measured.oldAnswered()),
            measured.successor().orElse("nobody") + after
        };
    }
}
