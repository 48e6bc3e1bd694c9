package io.vipkeeper.cli.manifest;

import java.util.Map;
import java.util.concurrent.Callable;

import jakarta.enterprise.inject.Vetoed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import io.vipkeeper.cli.common.CommandGroup;
import io.vipkeeper.cli.common.VersionCommand;

/** {@code manifest pod}: the static pod on stdout. */
@Vetoed // Main makes it, before there is a container.
@Command(
        name = "pod",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        description = "Prints a static pod for /etc/kubernetes/manifests with the configuration given here.")
final class PodCommand implements Callable<Integer> {

    @Mixin
    private final ManifestOptions options;

    PodCommand(Map<String, String> environment) {
        options = new ManifestOptions(environment);
    }

    @Override
    public Integer call() {
        return options.read(Map.of()).map(request -> options.printPod(request)).orElse(CommandGroup.REFUSED);
    }
}
