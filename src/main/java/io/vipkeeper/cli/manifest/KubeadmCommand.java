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

/** {@code kubeadm}: the static pod of a node that kubeadm is about to set up, in its subcommands. */
@Command(
        name = "kubeadm",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        description = "Prints the static pod of a node that kubeadm is about to set up.",
        synopsisSubcommandLabel = "COMMAND")
public final class KubeadmCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    /** With its subcommands. */
    public static CommandLine commandLine(Map<String, String> environment) {
        return new CommandLine(new KubeadmCommand())
                .addSubcommand("init", ConfigFlags.of(new InitCommand(environment)))
                .addSubcommand("join", ConfigFlags.of(new JoinCommand(environment)));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return VipkeeperCommand.REFUSED;
    }
}
