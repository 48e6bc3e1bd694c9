package io.vipkeeper.cli.manifest;

import java.util.Map;
import java.util.concurrent.Callable;

import jakarta.enterprise.inject.Vetoed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import io.vipkeeper.cli.common.VersionCommand;

/** {@code kubeadm init}: the pod of the first node. */
@Vetoed // Main makes it, before there is a container.
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        description = "Prints the static pod of the node on which kubeadm init follows.")
final class InitCommand implements Callable<Integer> {

    /** Until the API server answers, the first node has to have the address without a Lease. */
    private static final Map<String, String> BOOTSTRAP = Map.of("bootstrap", "true");

    @Mixin
    private final ManifestOptions options;

    InitCommand(Map<String, String> environment) {
        options = new ManifestOptions(environment);
    }

    @Override
    public Integer call() {
        return KubeadmPod.print(options, BOOTSTRAP);
    }
}
