package io.vipkeeper.cli.manifest;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.vipkeeper.cli.common.CommandGroup;
import io.vipkeeper.cli.common.ConfigFlags;
import io.vipkeeper.cli.common.VersionCommand;
import io.vipkeeper.config.ConfigSources;
import io.vipkeeper.config.Options;
import io.vipkeeper.manifest.PodRequest;
import io.vipkeeper.manifest.careful.StaticPod;
import io.vipkeeper.manifest.compatible.KubeVipPod;

/** The options that all commands of this package have, and the way from them to the text. */
final class ManifestOptions {
    /** The pod asks kubelet for its node's name; this only has to be one. */
    private static final String SOME_NODE = "node";

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            description = "image of the container [default: vipkeeper:VERSION]")
    private String image;

    @Option(
            names = "--style",
            paramLabel = "careful|compatible",
            defaultValue = "careful",
            description = "careful: with probes, limits and few rights; compatible: the text of kube-vip 1.2.3 but for"
                    + " name and image [default: careful]")
    private String style;

    @Option(
            names = "--from-env",
            description = "take variables of this environment over; else only flags and the file count")
    private boolean fromEnvironment;

    @Option(
            names = "--inCluster",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "credentials from the ServiceAccount vipkeeper instead of a kubeconfig")
    private boolean inCluster;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    private final Map<String, String> environment;

    ManifestOptions(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The name of the command that these are options of. */
    String command() {
        return spec.name();
    }

    boolean isCompatible() {
        return style.equals("compatible");
    }

    /**
     * What is to be printed, or nothing after every problem was said on stderr.
     *
     * @param presumed by flag, what holds when the command line does not say otherwise
     */
    Optional<PodRequest> read(Map<String, String> presumed) {
        if (!isCompatible() && !style.equals("careful")) {
            refuse("--style=" + style + " is neither careful nor compatible");
            return Optional.empty();
        }
        String shown = image == null ? "vipkeeper:" + VersionCommand.version() : image;
        if (!shown.matches("\\S{1,512}")) {
            refuse("--image=" + shown + " is no name of an image");
            return Optional.empty();
        }
        Map<String, String> flags = new HashMap<>(presumed);
        flags.putAll(ConfigFlags.given(spec));
        warnOfWhatIsLeftOut(flags);
        ConfigSources sources =
                new ConfigSources(flags, fromEnvironment ? environment : Map.of(), SOME_NODE, Optional.empty());
        return ConfigFlags.read(spec, sources)
                .map(configured -> new PodRequest(configured, shown, VersionCommand.version(), inCluster));
    }

    private void warnOfWhatIsLeftOut(Map<String, String> flags) {
        List<String> unused = Options.all().stream()
                .map(option -> option.env())
                .filter(variable -> !environment.getOrDefault(variable, "").isEmpty())
                .toList();
        if (!fromEnvironment && !unused.isEmpty()) {
            warn("the environment's " + String.join(", ", unused) + " is not taken over; --from-env does that");
        }
        if (flags.containsKey("nodeName")) {
            warn("--nodeName is not printed: each pod takes the name of its Node");
        }
    }

    /** Prints the pod for a kubelet, in the style that was asked for. */
    int printPod(PodRequest request) {
        if (isCompatible()) {
            if (inCluster) {
                warn("--inCluster: a kubelet refuses a static pod that uses a ServiceAccount");
            }
            return print(KubeVipPod.yaml(request));
        }
        return inCluster
                ? refuse("--inCluster: a kubelet refuses a static pod that uses a ServiceAccount;"
                        + " use manifest daemonset, or leave --inCluster out")
                : print(StaticPod.yaml(request));
    }

    int print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
        return 0;
    }

    int refuse(String problem) {
        say(problem);
        return CommandGroup.REFUSED;
    }

    void warn(String warning) {
        say("warning: " + warning);
    }

    private void say(String sentence) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("vipkeeper: " + sentence.replaceAll("\\p{Cntrl}", "?"));
        err.flush();
    }
}
