package io.vipkeeper.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

import jakarta.enterprise.inject.Vetoed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import io.vipkeeper.demo.api.HttpRelayMain;
import io.vipkeeper.demo.api.LeaseServerMain;
import io.vipkeeper.demo.lab.JavaCommand;
import io.vipkeeper.demo.lab.LibcTrialMain;
import io.vipkeeper.demo.probe.ProberMain;

/** The demonstration's other processes, for the native executable: it has one main class only. */
@Vetoed // Main makes it, before there is a container.
@Command(name = JavaCommand.PART, hidden = true, description = "Runs a process that the demonstration needs.")
final class DemoPartCommand implements Callable<Integer> {
    private static final Map<String, Entry> PARTS = Map.of(
            ProberMain.class.getName(), ProberMain::main,
            LeaseServerMain.class.getName(), DemoPartCommand::serve,
            HttpRelayMain.class.getName(), HttpRelayMain::main,
            LibcTrialMain.class.getName(), LibcTrialMain::main);

    @Parameters(index = "0")
    private String part;

    @Parameters(index = "1..*")
    private List<String> arguments = List.of();

    private interface Entry {
        void run(String... arguments) throws Exception;
    }

    /** Its threads would end with the command. */
    private static void serve(String... arguments) throws Exception {
        LeaseServerMain.main(arguments);
        new CountDownLatch(1).await();
    }

    @Override
    public Integer call() throws Exception {
        Entry entry = PARTS.get(part);
        if (entry == null) {
            return VipkeeperCommand.REFUSED;
        }
        entry.run(arguments.toArray(String[]::new));
        return 0;
    }
}
