package io.vipkeeper.cli.manifest;

import java.util.Map;

import picocli.CommandLine;
import picocli.CommandLine.Command;

import io.vipkeeper.cli.common.CommandGroup;
import io.vipkeeper.cli.common.ConfigFlags;

/** {@code manifest}: what a cluster applies; the work is done by its subcommands. */
@Command(name = "manifest", description = "Prints a manifest.")
public final class ManifestCommand extends CommandGroup {

    /** With its subcommands. */
    public static CommandLine commandLine(Map<String, String> environment) {
        return new CommandLine(new ManifestCommand())
                .addSubcommand("pod", ConfigFlags.of(new PodCommand(environment)))
                .addSubcommand("daemonset", ConfigFlags.of(new DaemonSetCommand(environment)))
                .addSubcommand("rbac", ConfigFlags.of(new RbacCommand(environment)));
    }
}
