package io.vipkeeper.cli.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * One command's manual page, in the macros of {@code man(7)}, from picocli's model. picocli's own generator writes
 * AsciiDoc, which would bring a Ruby interpreter into the build to become a page.
 */
final class ManPage {
    private final CommandSpec spec;
    private final String version;
    private final StringBuilder page = new StringBuilder();

    private ManPage(CommandLine command, String version) {
        this.spec = command.getCommandSpec();
        this.version = version;
    }

    /** The file's name, as {@code vipkeeper-manifest-pod.1}. */
    static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName("-") + ".1";
    }

    /** The page, in roff. */
    static String of(CommandLine command, String version) {
        ManPage page = new ManPage(command, version);
        page.head(command);
        page.options();
        page.commands();
        page.footer();
        page.related();
        return page.page.toString();
    }

    /** Subcommands that are no secret. */
    static List<CommandLine> visible(CommandSpec spec) {
        return spec.subcommands().values().stream()
                .distinct()
                .filter(command -> !command.getCommandSpec().usageMessage().hidden())
                .toList();
    }

    private void head(CommandLine command) {
        String title = spec.qualifiedName("-");
        macro("TH " + title.toUpperCase(Locale.ROOT) + " 1 \"\" \"vipkeeper " + version + "\" \"vipkeeper\"");
        macro("SH NAME");
        String purpose = text(spec.usageMessage().description());
        page.append(escaped(title)).append(" \\- ").append(escaped(purpose)).append('\n');
        macro("SH SYNOPSIS");
        String name = spec.qualifiedName();
        String synopsis = new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF))
                .synopsis(0)
                .strip();
        page.append(bold(name))
                .append(escaped(synopsis.substring(name.length()).replaceAll("\\s+", " ")))
                .append('\n');
        macro("SH DESCRIPTION");
        paragraph(purpose);
    }

    private void options() {
        List<OptionSpec> options =
                spec.options().stream().filter(option -> !option.hidden()).toList();
        List<PositionalParamSpec> parameters = spec.positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .toList();
        if (options.isEmpty() && parameters.isEmpty()) {
            return;
        }
        macro("SH OPTIONS");
        for (PositionalParamSpec parameter : parameters) {
            item("\\fI" + escaped(parameter.paramLabel()) + "\\fR", text(parameter.description()));
        }
        for (OptionSpec option : options) {
            List<String> names = new ArrayList<>();
            for (String name : option.names()) {
                names.add(bold(name));
            }
            String value = option.arity().max() == 0 ? "" : "=\\fI" + escaped(option.paramLabel()) + "\\fR";
            item(String.join(", ", names) + value, text(option.description()));
        }
    }

    private void commands() {
        List<CommandLine> commands = visible(spec);
        if (commands.isEmpty()) {
            return;
        }
        macro("SH COMMANDS");
        for (CommandLine command : commands) {
            CommandSpec sub = command.getCommandSpec();
            item(reference(sub), text(sub.usageMessage().description()));
        }
    }

    /** Lines that are indented are a list, the others are prose. */
    private void footer() {
        List<String> lines = List.of(spec.usageMessage().footer()).stream()
                .map(ManPage::text)
                .toList();
        if (lines.stream().allMatch(String::isBlank)) {
            return;
        }
        macro("SH ENVIRONMENT");
        for (String line : lines) {
            if (line.startsWith(" ")) {
                macro("IP \\(bu 2");
            }
            paragraph(line.strip());
        }
    }

    private void related() {
        List<String> pages = new ArrayList<>();
        if (spec.parent() != null) {
            pages.add(reference(spec.parent()));
            visible(spec.parent()).stream()
                    .map(CommandLine::getCommandSpec)
                    .filter(other -> other != spec)
                    .forEach(other -> pages.add(reference(other)));
        }
        if (!pages.isEmpty()) {
            macro("SH SEE ALSO");
            page.append(String.join(",\n", pages)).append('\n');
        }
    }

    private void item(String term, String explanation) {
        macro("TP");
        page.append(term).append('\n');
        paragraph(explanation);
    }

    private void paragraph(String text) {
        if (!text.isBlank()) {
            page.append(escaped(text)).append('\n');
        }
    }

    private void macro(String macro) {
        page.append('.').append(macro).append('\n');
    }

    private static String reference(CommandSpec spec) {
        return bold(spec.qualifiedName("-")) + "(1)";
    }

    private static String bold(String text) {
        return "\\fB" + escaped(text) + "\\fR";
    }

    /** A line that begins with a dot or an apostrophe would be a macro. */
    private static String escaped(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }

    /** picocli's texts are format strings. */
    private static String text(String... description) {
        return String.format(Locale.ROOT, String.join(" ", description));
    }
}
