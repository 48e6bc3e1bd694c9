package io.vipkeeper.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import jakarta.enterprise.inject.Vetoed;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.vipkeeper.cli.common.CommandGroup;
import io.vipkeeper.cli.common.VersionCommand;
import io.vipkeeper.demo.Cluster;
import io.vipkeeper.demo.Fault;
import io.vipkeeper.demo.footprint.FootprintOptions;
import io.vipkeeper.demo.lab.LabException;
import io.vipkeeper.demo.show.BenchmarkOptions;
import io.vipkeeper.demo.show.Demo;
import io.vipkeeper.demo.show.DemoOptions;

/** {@code demo}: a cluster in network namespaces of this machine, broken in turn, as a client sees it. */
@Vetoed // Main makes it, before there is a container.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        description =
                "Runs nodes in network namespaces of this machine and stops, kills, freezes and unplugs the holder.")
final class DemoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--api",
            paramLabel = "embedded|real",
            defaultValue = "embedded",
            description = "where the Lease lives: an embedded server, or the kube-apiserver and etcd of "
                    + "KUBEBUILDER_ASSETS [default: ${DEFAULT-VALUE}]")
    private String api;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "3",
            description = "how many nodes, 2 to 9 [default: ${DEFAULT-VALUE}]")
    private int nodes;

    @ArgGroup(exclusive = false)
    private Measuring measuring;

    /** Options that mean nothing to the guided tour, so that picocli refuses them without the first. */
    private static final class Measuring {
        @Option(
                names = "--benchmark",
                required = true,
                description = "measure instead of show: each fault several times, with keepalived beside it; medians "
                        + "and the worst as a table. The longest fault is tried once")
        private boolean benchmark;

        @Option(
                names = "--runs",
                paramLabel = "N",
                defaultValue = "5",
                description = "how often the benchmark tries each fault, 1 to 100 [default: ${DEFAULT-VALUE}]")
        private int runs;

        @Option(
                names = "--fault",
                paramLabel = "NAME",
                description = "measure only this one; may be given several times. stop, kill, restart, freeze, "
                        + "power-off, unplug, api-cut, api-frozen, api-killed, all-apis-frozen, loss [default: all, and "
                        + "start and footprint too]")
        private List<String> faults = List.of();

        @Option(
                names = "--loss-seconds",
                paramLabel = "N",
                defaultValue = "600",
                description = "how long the datagram loss and the busy loops last [default: ${DEFAULT-VALUE}]")
        private int lossSeconds;

        @Option(
                names = "--settle",
                paramLabel = "SECONDS",
                defaultValue = "15",
                description = "how long a run waits for the holder's vipkeeper_fast_path to be 1 before the fault; a "
                        + "program without this metric is not waited for [default: ${DEFAULT-VALUE}]")
        private int settleSeconds;

        @Option(
                names = "--keepalived",
                negatable = true,
                defaultValue = "true",
                fallbackValue = "true",
                description = "let the benchmark measure keepalived in the same namespaces too; it must be installed "
                        + "[default: ${DEFAULT-VALUE}]")
        private boolean keepalived;

        @Option(names = "--csv", paramLabel = "FILE", description = "where to write the times of each run")
        private Path csv;

        @Option(names = "--svg", paramLabel = "FILE", description = "where to draw the gaps of all runs as a picture")
        private Path svg;

        @Option(
                names = "--merge",
                paramLabel = "FILE",
                description = "the CSV of an earlier benchmark, whose rows stay for what is not measured now; may be "
                        + "the same file as --csv")
        private Path merge;

        BenchmarkOptions options() {
            return new BenchmarkOptions(
                    runs,
                    keepalived,
                    faults.stream().map(Fault::of).toList(),
                    lossSeconds,
                    settleSeconds,
                    Optional.ofNullable(csv),
                    Optional.ofNullable(svg),
                    Optional.ofNullable(merge));
        }
    }

    @ArgGroup(exclusive = false)
    private Footprint footprint;

    /** The same for the second way to measure. */
    private static final class Footprint {
        @Option(
                names = "--footprint",
                required = true,
                description = "measure what the program needs: time to start, memory and its growth, CPU, with "
                        + "keepalived beside it")
        private boolean measured;

        @Option(
                names = "--minutes",
                paramLabel = "N",
                defaultValue = "10",
                description = "how long a holder and a follower are watched, 1 to 1440 [default: ${DEFAULT-VALUE}]")
        private int minutes;

        @Option(
                names = "--busy",
                paramLabel = "N",
                defaultValue = "0",
                description = "how many busy loops compete with them, 0 to 64 [default: ${DEFAULT-VALUE}]")
        private int busyLoops;

        @Option(names = "--alone", description = "without keepalived, which must be installed otherwise")
        private boolean alone;

        FootprintOptions options() {
            return new FootprintOptions(minutes, busyLoops, !alone);
        }
    }

    @Override
    public Integer call() {
        try {
            DemoOptions options = new DemoOptions(
                    apiKind(),
                    nodes,
                    Optional.ofNullable(measuring).map(Measuring::options),
                    Optional.ofNullable(footprint).map(Footprint::options));
            return Demo.run(options, System.out, System.err);
        } catch (LabException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("vipkeeper demo: " + e.getMessage());
            err.flush();
            return CommandGroup.REFUSED;
        }
    }

    private Cluster.ApiKind apiKind() {
        return switch (api) {
            case "embedded" -> Cluster.ApiKind.EMBEDDED;
            case "real" -> Cluster.ApiKind.REAL;
            default -> throw new LabException("--api " + api + " is neither embedded nor real");
        };
    }
}
