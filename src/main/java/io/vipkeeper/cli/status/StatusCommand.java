package io.vipkeeper.cli.status;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import jakarta.enterprise.inject.Vetoed;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.vipkeeper.cli.common.CommandGroup;
import io.vipkeeper.cli.common.ConfigFlags;
import io.vipkeeper.cli.common.OutputOption;
import io.vipkeeper.cli.common.Printable;
import io.vipkeeper.cli.common.StatusSource;
import io.vipkeeper.cli.common.VersionCommand;
import io.vipkeeper.config.ConfigSources;
import io.vipkeeper.config.Options;
import io.vipkeeper.config.VipkeeperConfig;
import io.vipkeeper.config.VipkeeperConfig.Listen;
import io.vipkeeper.config.Whereabouts;
import io.vipkeeper.kubernetes.ApiSettings;
import io.vipkeeper.kubernetes.LeaseName;
import io.vipkeeper.linux.StandardOutput;
import io.vipkeeper.vip.VirtualIp;

/** {@code status}: how the election stands, from a node or from anywhere with a kubeconfig. Changes nothing. */
@Vetoed // Main makes it, before there is a container.
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        description = {
            "Tells in its first line whether all is well, and if not, what is wrong; then who holds since when, how each"
                    + " candidate stands, and how long the last moves took. It asks the manager of this node, the API"
                    + " server for the election's Lease and the candidates' own, and the managers of those candidates;"
                    + " it does with what answers.",
            "",
            "Exit code 0: all is well. 1: somebody holds, and something is wrong. 2: nobody holds, who does cannot be"
                    + " told, or refused arguments, which leave stdout empty. --watch ends by a signal: with 130 after"
                    + " Ctrl-C.",
            ""
        })
public final class StatusCommand implements Callable<Integer> {
    private static final int DEFAULT_PORT = 2112;
    private static final int LONGEST_TIMEOUT = 60;
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "where the manager of this node answers, which is then expected to [default: 127.0.0.1, on the"
                            + " port of prometheus_server]")
    private String url;

    @Mixin
    private OutputOption output;

    @Option(names = "--watch", description = "again each second: drawn anew on a terminal, else a line for each change")
    private boolean watch;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "3",
            description = "how long to wait for each answer, 1 to 60 [default: ${DEFAULT-VALUE}]")
    private int timeout;

    private StatusCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    public static CommandLine commandLine(Map<String, String> environment) {
        return ConfigFlags.of(new StatusCommand(environment), Options.ofWhereabouts());
    }

    @Override
    public Integer call() throws InterruptedException {
        if (timeout < 1 || timeout > LONGEST_TIMEOUT) {
            return refuse(List.of("--timeout=" + timeout + " must be a whole number from 1 to " + LONGEST_TIMEOUT));
        }
        return switch (Whereabouts.read(ConfigSources.ofThisHost(ConfigFlags.given(spec), environment))) {
            case Whereabouts.Reading.Refused(List<String> problems) -> refuse(problems);
            case Whereabouts.Reading.Usable(Whereabouts where) -> {
                Optional<URI> named = url == null ? Optional.empty() : StatusSource.ofUrl(url);
                yield url != null && named.isEmpty()
                        ? refuse(List.of(
                                "--url=" + Printable.of(url) + " names no place to ask; give --url http://HOST:PORT"))
                        : ask(aim(where, named));
            }
        };
    }

    private Questions.Aim aim(Whereabouts where, Optional<URI> named) {
        Set<InetAddress> vips = where.vips().stream().map(VirtualIp::address).collect(Collectors.toSet());
        VipkeeperConfig.Api api = where.api();
        String server = api.server().map(Object::toString).orElse("");
        return new Questions.Aim(
                new ApiSettings(api.kubeconfig(), server, api.port(), vips, Set.of()),
                new LeaseName(where.namespace(), where.leaseName()),
                where.leaseGiven(),
                named.or(() -> where.metrics().map(Listen::toString).flatMap(StatusSource::ofListener)),
                named.isPresent(),
                where.metrics().map(Listen::port).orElse(DEFAULT_PORT),
                Duration.ofSeconds(timeout));
    }

    private int ask(Questions.Aim aim) throws InterruptedException {
        // For the few requests; else JDK 24 and newer warn on stderr, in four lines, of how Netty is fast.
        System.setProperty("io.netty.noUnsafe", "true");
        boolean terminal = StandardOutput.isTerminal();
        Screen screen =
                new Screen(spec.commandLine().getOut(), output.isJson(), terminal, Paint.of(terminal, environment));
        try (Questions questions = new Questions(aim, InstantSource.system())) {
            Diagnosis.Level level = watch ? watch(questions, screen) : screen.print(questions.ask());
            return level.exitCode();
        }
    }

    /** Until the process is ended, or nobody reads any more. */
    private static Diagnosis.Level watch(Questions questions, Screen screen) throws InterruptedException {
        while (true) {
            long began = System.nanoTime();
            Diagnosis.Level level = screen.redraw(questions.ask());
            if (screen.isGone()) {
                return level;
            }
            TimeUnit.NANOSECONDS.sleep(PERIOD.toNanos() - (System.nanoTime() - began));
        }
    }

    private int refuse(List<String> sentences) {
        PrintWriter err = spec.commandLine().getErr();
        sentences.forEach(sentence -> err.println("vipkeeper: " + sentence));
        err.flush();
        return CommandGroup.REFUSED;
    }
}
