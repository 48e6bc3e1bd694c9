package io.vipkeeper.cli.pages;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

import picocli.AutoComplete;
import picocli.CommandLine;

import io.vipkeeper.cli.VipkeeperCommand;
import io.vipkeeper.cli.common.VersionCommand;

/**
 * Writes what a package brings along beside the program: manual pages in {@code man1}, a completion for bash in
 * {@code completion}, and the changelog. No command of the program: the build runs it.
 */
public final class PagesMain {
    private static final String NAME = "vipkeeper";

    /** Tells {@code file(1)}, and so lintian, that nothing smaller could be had (RFC 1952, XFL). */
    private static final byte BEST_COMPRESSION = 2;

    private PagesMain() {}

    /** @param arguments the folder to write to, and the changelog */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        CommandLine program = withoutHidden(VipkeeperCommand.commandLine(Map.of()));
        Path man = Files.createDirectories(folder.resolve("man1"));
        write(program, man);
        Path completion = Files.createDirectories(folder.resolve("completion"));
        Files.writeString(completion.resolve(NAME), sourced(AutoComplete.bash(NAME, program)));
        Files.write(folder.resolve("changelog.gz"), zipped(Files.readAllBytes(Path.of(arguments[1]))));
    }

    private static void write(CommandLine command, Path man) throws IOException {
        String page = ManPage.of(command, VersionCommand.version());
        Files.write(man.resolve(ManPage.name(command) + ".gz"), zipped(page.getBytes(StandardCharsets.UTF_8)));
        for (CommandLine sub : ManPage.visible(command.getCommandSpec())) {
            write(sub, man);
        }
    }

    /** The completion would offer what the help does not show. */
    private static CommandLine withoutHidden(CommandLine command) {
        Map.copyOf(command.getSubcommands()).forEach((name, sub) -> {
            if (sub.getCommandSpec().usageMessage().hidden()) {
                command.getCommandSpec().removeSubcommand(name);
            } else {
                withoutHidden(sub);
            }
        });
        return command;
    }

    /** bash reads the file, nobody runs it: it begins with no interpreter. */
    private static String sourced(String script) {
        return script.replaceFirst("^#!.*\n", "");
    }

    private static byte[] zipped(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new Best(bytes)) {
            zip.write(content);
        }
        byte[] zipped = bytes.toByteArray();
        zipped[8] = BEST_COMPRESSION;
        return zipped;
    }

    private static final class Best extends GZIPOutputStream {
        private Best(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
