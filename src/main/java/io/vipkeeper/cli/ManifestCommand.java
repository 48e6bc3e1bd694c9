package io.vipkeeper.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code manifest}: what a cluster applies; the work is done by its subcommands. */
@Command(
        name = "manifest",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        description = "Prints a manifest.",
        synopsisSubcommandLabel = "COMMAND")
final class ManifestCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return VipkeeperCommand.REFUSED;
    }
}
