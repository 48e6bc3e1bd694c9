package io.vipkeeper.cli.common;

import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command whose work is done by its subcommands; alone it prints the help on stderr, and is refused. */
@Command(mixinStandardHelpOptions = true, versionProvider = VersionCommand.class, synopsisSubcommandLabel = "COMMAND")
public abstract class CommandGroup implements Callable<Integer> {

    /** Bad usage and bad configuration: nothing was started, nothing was printed on stdout. */
    public static final int REFUSED = CommandLine.ExitCode.USAGE;

    @Spec
    private CommandSpec spec;

    @Override
    public final Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return REFUSED;
    }
}
