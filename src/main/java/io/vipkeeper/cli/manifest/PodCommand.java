package io.vipkeeper.cli.manifest;

import java.util.Map;
import java.util.concurrent.Callable;

import jakarta.enterprise.inject.Vetoed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import io.vipkeeper.cli.VersionCommand;
import io.vipkeeper.cli.VipkeeperCommand;

/** {@code manifest pod}: the static pod on stdout. */
@Vetoed // Main makes it, before there is a container.
@Command(
        name = "pod",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        description = "Prints a static pod for /etc/kubernetes/manifests with the configuration given here.")
final class PodCommand implements Callable<Integer> {

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ManifestOptions options;

    PodCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        return options.read(spec, environment, Map.of())
                .map(request -> options.printPod(spec, request))
                .orElse(VipkeeperCommand.REFUSED);
    }
}
