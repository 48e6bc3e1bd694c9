package io.vipkeeper.cli;

import java.io.PrintWriter;
import java.util.Map;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import io.vipkeeper.cli.common.CommandGroup;
import io.vipkeeper.cli.common.ConfigFlags;
import io.vipkeeper.cli.common.VersionCommand;
import io.vipkeeper.cli.manifest.KubeadmCommand;
import io.vipkeeper.cli.manifest.ManifestCommand;
import io.vipkeeper.cli.preflight.PreflightCommand;
import io.vipkeeper.cli.status.StatusCommand;
import io.vipkeeper.demo.lab.JavaCommand;

/** The top command; alone it prints the help. */
@Command(name = "vipkeeper", description = "Keeps a Kubernetes control plane's virtual IP alive.")
public final class VipkeeperCommand extends CommandGroup {

    /** Every command, with the variables that it may read. */
    public static CommandLine commandLine(Map<String, String> environment) {
        return new CommandLine(new VipkeeperCommand())
                .addSubcommand("manager", ConfigFlags.of(new ManagerCommand(environment)))
                .addSubcommand("manifest", ManifestCommand.commandLine(environment))
                .addSubcommand("kubeadm", KubeadmCommand.commandLine(environment))
                .addSubcommand("status", StatusCommand.commandLine(environment))
                .addSubcommand("preflight", ConfigFlags.of(new PreflightCommand(environment, Assembly::apiSettings)))
                .addSubcommand("demo", new DemoCommand())
                .addSubcommand(JavaCommand.PART, new DemoPartCommand())
                .addSubcommand("rehearse", new RehearseCommand())
                .addSubcommand("version", new VersionCommand())
                .setParameterExceptionHandler(VipkeeperCommand::refuse);
    }

    /** One sentence; picocli would let the whole help follow, which scrolls it away. */
    private static int refuse(ParameterException e, String[] typed) {
        PrintWriter err = e.getCommandLine().getErr();
        String message = e.getMessage().replaceAll("\\p{Cntrl}", "?");
        err.println("vipkeeper: " + (message.length() > 200 ? message.substring(0, 200) + "..." : message) + "; see "
                + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        UnmatchedArgumentException.printSuggestions(e, err);
        err.flush();
        return REFUSED;
    }
}
