package io.vipkeeper.cli.manifest;

import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import io.vipkeeper.cli.ConfigFlags;
import io.vipkeeper.cli.VersionCommand;
import io.vipkeeper.cli.VipkeeperCommand;

/** {@code manifest}: what a cluster applies; the work is done by its subcommands. */
@Command(
        name = "manifest",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        description = "Prints a manifest.",
        synopsisSubcommandLabel = "COMMAND")
public final class ManifestCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    /** With its subcommands. */
    public static CommandLine commandLine(Map<String, String> environment) {
        return new CommandLine(new ManifestCommand())
                .addSubcommand("pod", ConfigFlags.of(new PodCommand(environment)))
                .addSubcommand("daemonset", ConfigFlags.of(new DaemonSetCommand(environment)))
                .addSubcommand("rbac", ConfigFlags.of(new RbacCommand(environment)));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return VipkeeperCommand.REFUSED;
    }
}
