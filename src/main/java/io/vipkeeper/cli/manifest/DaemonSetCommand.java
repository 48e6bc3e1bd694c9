package io.vipkeeper.cli.manifest;

import java.util.Map;
import java.util.concurrent.Callable;

import jakarta.enterprise.inject.Vetoed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.vipkeeper.cli.common.CommandGroup;
import io.vipkeeper.cli.common.VersionCommand;
import io.vipkeeper.manifest.PodRequest;
import io.vipkeeper.manifest.careful.ControlPlaneDaemonSet;
import io.vipkeeper.manifest.compatible.KubeVipDaemonSet;

/** {@code manifest daemonset}: the same pod on each node of an existing control plane. */
@Vetoed // Main makes it, before there is a container.
@Command(
        name = "daemonset",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        description = "Prints a DaemonSet for the nodes of the control plane with the configuration given here.")
final class DaemonSetCommand implements Callable<Integer> {

    @Mixin
    private final ManifestOptions options;

    @Option(
            names = "--taint",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "only on the control plane, whatever its taints; the careful style is always so")
    private boolean taint;

    DaemonSetCommand(Map<String, String> environment) {
        options = new ManifestOptions(environment);
    }

    @Override
    public Integer call() {
        return options.read(Map.of())
                .map(request -> options.print(yaml(request)))
                .orElse(CommandGroup.REFUSED);
    }

    private String yaml(PodRequest request) {
        return options.isCompatible() ? KubeVipDaemonSet.yaml(request, taint) : ControlPlaneDaemonSet.yaml(request);
    }
}
