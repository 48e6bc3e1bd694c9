package io.vipkeeper.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

import jakarta.enterprise.inject.Vetoed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.vipkeeper.demo.Cluster;
import io.vipkeeper.demo.Demo;
import io.vipkeeper.demo.DemoOptions;
import io.vipkeeper.demo.lab.LabException;

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

    @Option(names = "--benchmark", description = "measure instead of show: medians of several runs")
    private boolean benchmark;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "5",
            description = "how often the benchmark tries each fault, 1 to 100 [default: ${DEFAULT-VALUE}]")
    private int runs;

    @Option(
            names = "--keepalived",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "let the benchmark measure keepalived in the same namespaces too; it must be installed "
                    + "[default: ${DEFAULT-VALUE}]")
    private boolean keepalived;

    @Option(names = "--csv", paramLabel = "FILE", description = "where the benchmark also writes its figures")
    private Path csv;

    @Override
    public Integer call() {
        try {
            DemoOptions options =
                    new DemoOptions(apiKind(), nodes, runs, benchmark, keepalived, Optional.ofNullable(csv));
            return Demo.run(options, System.out, System.err);
        } catch (LabException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("vipkeeper demo: " + e.getMessage());
            err.flush();
            return VipkeeperCommand.REFUSED;
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
