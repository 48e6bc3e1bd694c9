package io.vipkeeper.cli.preflight;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

import jakarta.enterprise.inject.Vetoed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.vipkeeper.cli.common.CommandGroup;
import io.vipkeeper.cli.common.ConfigFlags;
import io.vipkeeper.cli.common.OutputOption;
import io.vipkeeper.cli.common.VersionCommand;
import io.vipkeeper.cli.preflight.finding.HostFiles;
import io.vipkeeper.cli.preflight.migration.Migration;
import io.vipkeeper.config.VipkeeperConfig;
import io.vipkeeper.kubernetes.ApiSettings;
import io.vipkeeper.linux.SystemLibc;

/** {@code preflight}: looks whether a manager with this configuration would do well on this node, and changes nothing. */
@Vetoed // Main makes it, before there is a container.
@Command(
        name = "preflight",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        description = {
            "Checks what the manager needs on this node, with the manager's options, and changes nothing.",
            "Each line is ok, not yet (it can be told once there is a cluster), warning or failure, with what is so,",
            "why that matters, and what mends it.",
            "With --from it reads a manifest of kube-vip instead, tells on stderr what becomes of each setting, and",
            "prints vipkeeper's manifest for it; a refused one leaves stdout empty.",
            "",
            "Exit code 0: all is well. 1: warnings. 2: failures, or refused arguments, which leave stdout empty.",
            ""
        })
public final class PreflightCommand implements Callable<Integer> {
    private final Map<String, String> environment;
    private final Function<VipkeeperConfig, ApiSettings> apiSettings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private OutputOption output;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "a Pod or DaemonSet of kube-vip; other options but --image and --output do not go with it")
    private Path from;

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            description = "image of the manifest that --from prints [default: vipkeeper:VERSION]")
    private String image;

    /** @param apiSettings of a configuration, as the manager makes them */
    public PreflightCommand(Map<String, String> environment, Function<VipkeeperConfig, ApiSettings> apiSettings) {
        this.environment = environment;
        this.apiSettings = apiSettings;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (from != null) {
            return migrate();
        }
        if (image != null) {
            return refuse("--image goes with --from only");
        }
        Optional<VipkeeperConfig> config = ConfigFlags.read(spec, environment);
        if (config.isEmpty()) {
            return CommandGroup.REFUSED;
        }
        // For the few requests; else JDK 24 and newer warn on stderr, in four lines, of how Netty is fast.
        System.setProperty("io.netty.noUnsafe", "true");
        HostFiles files = new HostFiles(Path.of("/"));
        Report report = new Report(
                new Preflight(config.get(), apiSettings.apply(config.get()), SystemLibc.open(), files).run());
        print(output.isJson() ? List.of(report.json().toPrettyString()) : report.lines());
        return report.exitCode();
    }

    private int migrate() {
        List<String> others = ConfigFlags.givenNames(spec);
        if (!others.isEmpty()) {
            return refuse("--from takes every setting from " + from + ", so " + String.join(", ", others)
                    + " has no place beside it; change the manifest");
        }
        String shown = image == null ? "vipkeeper:" + VersionCommand.version() : image;
        if (!shown.matches("\\S{1,512}")) {
            return refuse("--image=" + shown + " is no name of an image");
        }
        Optional<String> text = HostFiles.text(from);
        if (text.isEmpty()) {
            return refuse("--from=" + from + " cannot be read, or is larger than 1 MiB");
        }
        Migration.Result result = Migration.of(text.get(), shown);
        Report report = new Report(result.findings());
        if (output.isJson()) {
            print(List.of(report.json().put("manifest", result.manifest()).toPrettyString()));
            return report.exitCode();
        }
        PrintWriter err = spec.commandLine().getErr();
        report.lines().forEach(err::println);
        err.flush();
        PrintWriter out = spec.commandLine().getOut();
        out.print(result.manifest());
        out.flush();
        return report.exitCode();
    }

    private void print(List<String> lines) {
        PrintWriter out = spec.commandLine().getOut();
        lines.forEach(out::println);
        out.flush();
    }

    private int refuse(String sentence) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("vipkeeper: " + sentence.replaceAll("\\p{Cntrl}", "?"));
        err.flush();
        return CommandGroup.REFUSED;
    }
}
