package io.vipkeeper.cli.common;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

import io.vipkeeper.config.ConfigSources;
import io.vipkeeper.config.Configured;
import io.vipkeeper.config.Option;
import io.vipkeeper.config.Option.Kind;
import io.vipkeeper.config.Options;
import io.vipkeeper.config.VipkeeperConfig;

/** The table of options as flags of a command, and the way from a parsed command line to a configuration. */
public final class ConfigFlags {
    private ConfigFlags() {}

    /** A command with the table's flags. Values stay text: the configuration checks them, to report all problems at once. */
    public static CommandLine of(Object command) {
        return of(command, Options.all());
    }

    /** A command with the flags of some options. */
    public static CommandLine of(Object command, List<Option> options) {
        CommandLine line = new CommandLine(command);
        addTo(line.getCommandSpec(), options);
        return line;
    }

    private static void addTo(CommandSpec spec, List<Option> options) {
        spec.usageMessage().sortOptions(false).abbreviateSynopsis(true).footer(footer(options));
        for (Option option : options) {
            if (!option.flag().isEmpty()) {
                spec.addOption(flag(option));
            }
        }
    }

    /** The configuration, or nothing after every problem was said on stderr. */
    public static Optional<VipkeeperConfig> read(CommandSpec spec, Map<String, String> environment) {
        return read(spec, ConfigSources.ofThisHost(given(spec), environment)).map(Configured.Usable::config);
    }

    /** The same, from sources of which {@link #given} is a part. */
    public static Optional<Configured.Usable> read(CommandSpec spec, ConfigSources sources) {
        PrintWriter err = spec.commandLine().getErr();
        return switch (VipkeeperConfig.read(sources)) {
            case Configured.Usable usable -> {
                usable.warnings().forEach(warning -> err.println("vipkeeper: warning: " + warning));
                err.flush();
                yield Optional.of(usable);
            }
            case Configured.Refused refused -> {
                refused.problems().forEach(problem -> err.println("vipkeeper: " + problem));
                err.flush();
                yield Optional.empty();
            }
        };
    }

    /** The flags of the table of options that were typed, with their dashes. */
    public static List<String> givenNames(CommandSpec spec) {
        return given(spec).keySet().stream().map(flag -> "--" + flag).sorted().toList();
    }

    private static OptionSpec flag(Option option) {
        boolean isBoolean = option.kind() == Kind.BOOLEAN;
        OptionSpec.Builder builder = option.flag().equals("namespace")
                ? OptionSpec.builder("-n", "--namespace")
                : OptionSpec.builder("--" + option.flag());
        return builder.type(String.class)
                .arity(isBoolean ? "0..1" : "1")
                .fallbackValue(isBoolean ? "true" : "")
                .paramLabel(isBoolean ? "true|false" : option.kind() == Kind.NUMBER ? "N" : "TEXT")
                .hidden(!option.origin().isUsed())
                .description(description(option))
                .build();
    }

    private static String description(Option option) {
        String text = option.purpose() + " [" + option.env() + "="
                + (option.defaultValue().isEmpty() ? "\"\"" : option.defaultValue()) + "]";
        return text.replace("%", "%%");
    }

    private static String[] footer(List<Option> options) {
        List<String> lines = new ArrayList<>(List.of(
                "",
                "Each is taken from the flag, else the variable, else the file, else the default;",
                "[variable=default] stands behind each. Variables without a flag:"));
        options.stream()
                .filter(option -> option.origin().isUsed() && option.flag().isEmpty())
                .forEach(option -> lines.add("  " + description(option)));
        return lines.toArray(String[]::new);
    }

    /** What was typed on the command line, by flag. */
    public static Map<String, String> given(CommandSpec spec) {
        ParseResult result = spec.commandLine().getParseResult();
        Map<String, String> given = new HashMap<>();
        for (Option option : Options.all()) {
            String flag = "--" + option.flag();
            if (!option.flag().isEmpty() && result.hasMatchedOption(flag)) {
                given.put(option.flag(), result.matchedOptionValue(flag, ""));
            }
        }
        return given;
    }
}
