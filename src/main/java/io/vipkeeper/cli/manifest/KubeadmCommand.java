package io.vipkeeper.cli.manifest;

import java.util.Map;

import picocli.CommandLine;
import picocli.CommandLine.Command;

import io.vipkeeper.cli.common.CommandGroup;
import io.vipkeeper.cli.common.ConfigFlags;

/** {@code kubeadm}: the static pod of a node that kubeadm is about to set up, in its subcommands. */
@Command(name = "kubeadm", description = "Prints the static pod of a node that kubeadm is about to set up.")
public final class KubeadmCommand extends CommandGroup {

    /** With its subcommands. */
    public static CommandLine commandLine(Map<String, String> environment) {
        return new CommandLine(new KubeadmCommand())
                .addSubcommand("init", ConfigFlags.of(new InitCommand(environment)))
                .addSubcommand("join", ConfigFlags.of(new JoinCommand(environment)));
    }
}
