package io.vipkeeper.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.inject.Vetoed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import io.vipkeeper.cli.common.CommandGroup;
import io.vipkeeper.cli.common.ConfigFlags;
import io.vipkeeper.cli.common.VersionCommand;
import io.vipkeeper.cli.preflight.host.Ports;
import io.vipkeeper.cli.preflight.host.PrefixRule;
import io.vipkeeper.cli.preflight.host.Privileges;
import io.vipkeeper.config.VipkeeperConfig;

/** {@code manager}: checks the configuration and the ports, then starts Quarkus with the {@link Manager} in it. */
@Vetoed // Main makes it, before there is a container.
@Command(
        name = "manager",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        description = "Takes part in the election and keeps the address while it holds.")
final class ManagerCommand implements Callable<Integer> {
    private static final int NOT_POSSIBLE = 1;

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec;

    ManagerCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Optional<VipkeeperConfig> read = ConfigFlags.read(spec, environment);
        if (read.isEmpty()) {
            return CommandGroup.REFUSED;
        }
        VipkeeperConfig config = read.get();
        Optional<String> harmful = config.link().interfaceName().flatMap(nic -> new PrefixRule()
                .problem(config.address().vips(), nic));
        if (harmful.isPresent()) {
            say(List.of(harmful.get()));
            return CommandGroup.REFUSED;
        }
        Optional<String> powerless = Manager.isRehearsal() ? Optional.empty() : Privileges.problem();
        if (powerless.isPresent()) {
            say(List.of(powerless.get()));
            return NOT_POSSIBLE;
        }
        // Asks the kernel before Quarkus does, whose own message is a page of advice about another program.
        List<String> taken = Ports.http(config.http()).stream()
                .map(Ports.Port::problem)
                .flatMap(Optional::stream)
                .toList();
        if (!taken.isEmpty()) {
            say(taken);
            return NOT_POSSIBLE;
        }
        StatusDump.await(config.logsJson());
        RuntimeSettings.of(config).forEach(System::setProperty);
        FutureTask<Assembly> assembly = new FutureTask<>(() -> Assembly.prepare(config));
        Thread.ofPlatform().daemon().name("assembly").start(assembly);
        Manager.configure(config, assembly, environment);
        int[] exitCode = {0};
        Quarkus.run(Manager.class, (code, failure) -> {
            exitCode[0] = code;
            if (failure != null) {
                say(List.of("the manager could not be started: " + rootOf(failure)));
            }
        });
        return exitCode[0];
    }

    private static Throwable rootOf(Throwable failure) {
        return failure.getCause() == null ? failure : rootOf(failure.getCause());
    }

    private void say(List<String> problems) {
        PrintWriter err = spec.commandLine().getErr();
        problems.forEach(problem -> err.println("vipkeeper: " + problem));
        err.flush();
    }
}
