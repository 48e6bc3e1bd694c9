package io.vipkeeper.cli.preflight;

import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

import jakarta.enterprise.inject.Vetoed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import io.vipkeeper.cli.Columns;
import io.vipkeeper.cli.ConfigFlags;
import io.vipkeeper.cli.StatusSource;
import io.vipkeeper.cli.VersionCommand;
import io.vipkeeper.cli.VipkeeperCommand;
import io.vipkeeper.config.VipkeeperConfig;
import io.vipkeeper.config.VipkeeperConfig.Listen;
import io.vipkeeper.kubernetes.ApiSettings;
import io.vipkeeper.linux.JnrLibc;

/** {@code preflight}: looks whether a manager with this configuration would do well on this node, and changes nothing. */
@Vetoed // Main makes it, before there is a container.
@Command(
        name = "preflight",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        description = {
            "Checks what the manager needs on this node, with the manager's options, and changes nothing.",
            "Ends with 1 if anything fails."
        })
public final class PreflightCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final Duration ASK = Duration.ofSeconds(1);

    private final Map<String, String> environment;

    private final Function<VipkeeperConfig, ApiSettings> apiSettings;

    @Spec
    private CommandSpec spec;

    /** @param apiSettings of a configuration, as the manager makes them */
    public PreflightCommand(Map<String, String> environment, Function<VipkeeperConfig, ApiSettings> apiSettings) {
        this.environment = environment;
        this.apiSettings = apiSettings;
    }

    @Override
    public Integer call() {
        Optional<VipkeeperConfig> config = ConfigFlags.read(spec, environment);
        if (config.isEmpty()) {
            return VipkeeperCommand.REFUSED;
        }
        // For the few requests; else JDK 24 and newer warn on stderr, in four lines, of how Netty is fast.
        System.setProperty("io.netty.noUnsafe", "true");
        List<Finding> findings = new ArrayList<>(new HostChecks(config.get(), new JnrLibc()).run());
        findings.addAll(ports(config.get(), isRunning(config.get())));
        if (config.get().election().enabled()) {
            findings.add(ApiCheck.of(config.get(), apiSettings.apply(config.get())));
        }
        PrintWriter out = spec.commandLine().getOut();
        Columns.of(findings.stream()
                        .map(found -> List.of(found.level().toString(), found.subject(), found.what()))
                        .toList())
                .forEach(out::println);
        out.flush();
        return findings.stream().anyMatch(found -> found.level() == Finding.Level.FAILURE) ? FAILED : 0;
    }

    /** Whether a manager runs here already: then it is no fault that its ports are taken. */
    private static boolean isRunning(VipkeeperConfig config) {
        Optional<URI> uri = config.http().metrics().map(Listen::toString).flatMap(StatusSource::ofListener);
        return uri.map(found -> new StatusSource(found, ASK).ask())
                .filter(reply -> reply instanceof StatusSource.Reply.Told)
                .isPresent();
    }

    private static List<Finding> ports(VipkeeperConfig config, boolean running) {
        return Ports.all(config).stream().map(port -> finding(port, running)).toList();
    }

    private static Finding finding(Ports.Port port, boolean running) {
        Optional<String> problem = port.problem();
        return running && problem.isPresent()
                ? Finding.ok(port.subject(), port.where() + " is taken, and a vipkeeper runs here")
                : Finding.unless(problem, port.subject(), port.where() + " is free");
    }
}
