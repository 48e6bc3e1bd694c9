package io.vipkeeper.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import jakarta.enterprise.inject.Vetoed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.vipkeeper.config.VipkeeperConfig;
import io.vipkeeper.manifest.StaticPod;

/** {@code manifest pod}: the static pod on stdout; a refused configuration leaves stdout empty. */
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

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            description = "image of the container [default: vipkeeper:VERSION]")
    private String image;

    PodCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Optional<VipkeeperConfig> config = ConfigFlags.read(spec, environment);
        if (config.isEmpty()) {
            return VipkeeperCommand.REFUSED;
        }
        String shown = image == null ? "vipkeeper:" + VersionCommand.version() : image;
        if (shown.isBlank() || !shown.matches("\\S{1,512}")) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("vipkeeper: --image=" + shown + " is no name of an image");
            err.flush();
            return VipkeeperCommand.REFUSED;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(new StaticPod(config.get(), shown).yaml());
        out.flush();
        return 0;
    }
}
