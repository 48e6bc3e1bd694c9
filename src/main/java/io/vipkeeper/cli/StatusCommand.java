package io.vipkeeper.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.inject.Vetoed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.vipkeeper.cli.common.CommandGroup;
import io.vipkeeper.cli.common.Printable;
import io.vipkeeper.cli.common.StatusSource;
import io.vipkeeper.cli.common.VersionCommand;
import io.vipkeeper.config.Options;

/** {@code status}: how the manager on this node stands. Needs no rights and no configuration. */
@Vetoed // Main makes it, before there is a container.
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        description = "Tells who holds, how this node stands, and how long the last moves took.",
        footer = {
            "",
            "Ends with 0 when the manager answers, could hold and somebody holds, with 1 when not all of that is so,",
            "and with 2 when it cannot be reached."
        })
final class StatusCommand implements Callable<Integer> {
    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final int WRONG = 1;
    private static final int UNREACHABLE = 2;

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "where the manager answers [default: this node, on the port of the variable "
                    + "prometheus_server, else 2112]")
    private String url;

    @Option(
            names = "--output",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "for people, or the whole document [default: ${DEFAULT-VALUE}]")
    private Output output;

    enum Output {
        text,
        json
    }

    StatusCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        String listener = environment.getOrDefault(Options.PROMETHEUS_SERVER.env(), "");
        Optional<URI> uri = url != null
                ? StatusSource.ofUrl(url)
                : StatusSource.ofListener(listener.isEmpty() ? Options.PROMETHEUS_SERVER.defaultValue() : listener);
        if (uri.isEmpty()) {
            String typed = url != null ? "--url=" + url : Options.PROMETHEUS_SERVER.env() + "=" + listener;
            say(Printable.of(typed) + " names no place to ask; give --url http://HOST:PORT");
            return CommandGroup.REFUSED;
        }
        return switch (new StatusSource(uri.get(), BOUND).ask()) {
            case StatusSource.Reply.Told(JsonNode status) -> tell(status);
            case StatusSource.Reply.NotYet notYet -> {
                say("the manager has not made its first step yet; ask again in a second");
                yield WRONG;
            }
            case StatusSource.Reply.Silent(String why) -> {
                say("no vipkeeper answers at " + uri.get() + ": " + why
                        + "; start the manager, or name its prometheus_server with --url http://HOST:PORT");
                yield UNREACHABLE;
            }
        };
    }

    private int tell(JsonNode status) {
        PrintWriter out = spec.commandLine().getOut();
        switch (output) {
            case text -> StatusText.lines(status).forEach(out::println);
            case json -> out.println(status.toPrettyString());
        }
        out.flush();
        Optional<String> trouble = StatusText.trouble(status);
        trouble.ifPresent(this::say);
        return trouble.isPresent() ? WRONG : 0;
    }

    private void say(String sentence) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("vipkeeper: " + sentence);
        err.flush();
    }
}
