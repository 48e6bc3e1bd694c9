package io.vipkeeper.cli.manifest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

import jakarta.enterprise.inject.Vetoed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.vipkeeper.cli.common.VersionCommand;

/** {@code kubeadm join}: the pod of a further node. */
@Vetoed // Main makes it, before there is a container.
@Command(
        name = "join",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        description = "Prints the static pod of a node on which kubeadm join follows.")
final class JoinCommand implements Callable<Integer> {

    @Mixin
    private final ManifestOptions options;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "kube-vip's: a kubeconfig that must exist; without it none has to, as kubeadm join writes it")
    private Path kubeconfig;

    JoinCommand(Map<String, String> environment) {
        options = new ManifestOptions(environment);
    }

    @Override
    public Integer call() {
        if (kubeconfig != null && !Files.exists(kubeconfig)) {
            return options.refuse(
                    "--config=" + kubeconfig + " does not exist; name a kubeconfig or leave --config out");
        }
        return KubeadmPod.print(options, Map.of());
    }
}
