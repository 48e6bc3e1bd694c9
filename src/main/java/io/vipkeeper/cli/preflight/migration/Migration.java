package io.vipkeeper.cli.preflight.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vipkeeper.cli.common.Printable;
import io.vipkeeper.cli.common.VersionCommand;
import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.cli.preflight.finding.PodFile;
import io.vipkeeper.cli.preflight.finding.PodFile.Container;
import io.vipkeeper.config.ConfigSources;
import io.vipkeeper.config.Configured;
import io.vipkeeper.config.VipkeeperConfig;
import io.vipkeeper.manifest.PodRequest;
import io.vipkeeper.manifest.careful.ControlPlaneDaemonSet;
import io.vipkeeper.manifest.careful.StaticPod;

/** Reads a manifest of kube-vip, and makes vipkeeper's from it. Pure. */
public final class Migration {
    /** The pod asks kubelet for its node's name; this only has to be one. */
    private static final String SOME_NODE = "node";

    private Migration() {}

    /**
     * @param findings one for each setting, in the manifest's order, then what concerns the whole
     * @param manifest empty when anything was refused
     */
    public record Result(List<Finding> findings, String manifest) {}

    /** @param image of the manifest's container */
    public static Result of(String text, String image) {
        Optional<PodFile> file = PodFile.parse(text);
        if (file.isEmpty()) {
            return refused("the file holds neither a Pod nor a DaemonSet", "give kube-vip's own manifest");
        }
        Optional<Container> container =
                file.get().containers().stream().filter(Migration::isKubeVip).findFirst();
        if (container.isEmpty()) {
            return refused(
                    "no container of this " + file.get().kind() + " runs kube-vip",
                    "give kube-vip's own manifest; its container is known by its image or its name");
        }
        Settings settings = Settings.of(file.get(), container.get());
        List<Finding> findings = new ArrayList<>(settings.findings());
        findings.addAll(new Surroundings(file.get(), container.get()).findings());
        Configured configured = VipkeeperConfig.read(
                new ConfigSources(settings.flags(), settings.environment(), SOME_NODE, Optional.empty()));
        return switch (configured) {
            case Configured.Refused(List<String> problems) -> {
                problems.forEach(problem ->
                        findings.add(new Finding(Finding.Level.FAILURE, "refused", Printable.of(problem), "", "")));
                yield new Result(findings, "");
            }
            case Configured.Usable usable -> {
                usable.warnings()
                        .forEach(warning -> findings.add(
                                new Finding(Finding.Level.WARNING, "manifest", Printable.of(warning), "", "")));
                yield new Result(findings, isRefused(findings) ? "" : manifest(file.get(), usable, image));
            }
        };
    }

    /** A DaemonSet stays one, with the service account's token if it had no kubeconfig. */
    private static String manifest(PodFile file, Configured.Usable usable, String image) {
        boolean daemonSet = file.kind().equals("DaemonSet");
        boolean inCluster =
                daemonSet && !file.spec().path("serviceAccountName").asText("").isEmpty();
        PodRequest request = new PodRequest(usable, image, VersionCommand.version(), inCluster);
        return daemonSet ? ControlPlaneDaemonSet.yaml(request) : StaticPod.yaml(request);
    }

    private static boolean isKubeVip(Container container) {
        return container.runs("kube-vip") || container.name().equals("kube-vip");
    }

    private static boolean isRefused(List<Finding> findings) {
        return findings.stream().anyMatch(found -> found.level() == Finding.Level.FAILURE);
    }

    private static Result refused(String what, String remedy) {
        return new Result(List.of(Finding.failure("manifest", what, "", remedy)), "");
    }
}
