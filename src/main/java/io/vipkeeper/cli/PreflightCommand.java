package io.vipkeeper.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import jakarta.enterprise.inject.Vetoed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import io.vipkeeper.config.VipkeeperConfig;
import io.vipkeeper.config.VipkeeperConfig.Listen;
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
final class PreflightCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final Duration ASK = Duration.ofSeconds(1);

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec;

    PreflightCommand(Map<String, String> environment) {
        this.environment = environment;
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
            findings.add(ApiCheck.of(config.get()));
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
        List<Finding> findings = new ArrayList<>();
        config.http()
                .metrics()
                .ifPresent(listen -> findings.add(port(
                        Ports.problem(listen, "prometheus_server (--prometheusHTTPServer)"),
                        "metrics port",
                        listen.toString(),
                        running)));
        config.http()
                .healthCheckPort()
                .ifPresent(port -> findings.add(port(
                        Ports.problem(new Listen("", port), "health_check_port (--healthCheckPort)"),
                        "healthz port",
                        ":" + port,
                        running)));
        config.fast()
                .ifPresent(fast ->
                        findings.add(port(Ports.udpProblem(fast.port()), "peer port", "UDP " + fast.port(), running)));
        return findings;
    }

    private static Finding port(Optional<String> problem, String subject, String where, boolean running) {
        return running && problem.isPresent()
                ? Finding.ok(subject, where + " is taken, and a vipkeeper runs here")
                : Finding.unless(problem, subject, where + " is free");
    }
}
