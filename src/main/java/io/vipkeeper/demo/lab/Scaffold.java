package io.vipkeeper.demo.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * What a lab must leave behind nothing of: its namespaces, processes and files. A shell, the sweeper, is started before
 * anything else and reads a pipe that only this process holds open; when the pipe closes, because the lab was closed or
 * this process died in whatever way, it kills what is left in the namespaces and removes them and the files.
 */
final class Scaffold implements AutoCloseable {
    private static final String SWEEP = """
            trap '' INT TERM HUP QUIT
            dir=$1; shift
            while read -r line; do :; done
            for round in 1 2 3 4 5 6 7 8 9 10; do
              left=
              for ns in "$@"; do left="$left $(ip netns pids "$ns" 2>/dev/null)"; done
              [ -z "$(echo $left)" ] && break
              kill -9 $left 2>/dev/null
              sleep 0.05
            done
            for ns in "$@"; do ip netns del "$ns" 2>/dev/null; done
            rm -rf "$dir"
            """;

    private static final List<String> INHERITED = List.of("PATH", "HOME", "LANG", "JAVA_HOME", "TMPDIR");

    private final Path directory;
    private final Process sweeper;
    // The kernel's parent-death signal watches the thread that started a process, so one thread starts them all.
    private final ExecutorService starter = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("lab-starter").factory());
    private final List<Process> processes = new ArrayList<>();
    private boolean closed;

    private Scaffold(Path directory, Process sweeper) {
        this.directory = directory;
        this.sweeper = sweeper;
    }

    static Scaffold raise(List<String> namespaces) {
        try {
            Path directory = Files.createTempDirectory("vipkeeper-lab-");
            List<String> command = new ArrayList<>(List.of("sh", "-c", SWEEP, "sweeper", directory.toString()));
            command.addAll(namespaces);
            Process sweeper = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new Scaffold(directory, sweeper);
        } catch (IOException e) {
            throw new LabException("the lab's temporary directory cannot be made: " + e.getMessage(), e);
        }
    }

    Path directory() {
        return directory;
    }

    /**
     * Starts a program in a namespace; it is killed when this process dies. Its environment holds what is given here
     * and what any program needs, nothing else of ours.
     *
     * @param log where its standard error goes, and its output too unless {@code piped}
     */
    Process start(String namespace, List<String> command, Map<String, String> environment, Path log, boolean piped) {
        List<String> line =
                new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", "ip", "netns", "exec", namespace));
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().keySet().retainAll(INHERITED);
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        if (!piped) {
            builder.redirectInput(
                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        }
        return onStarter(() -> {
            Process process = builder.start();
            processes.removeIf(old -> !old.isAlive());
            processes.add(process);
            return process;
        });
    }

    private <T> T onStarter(Callable<T> work) {
        try {
            return starter.submit(work).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while a program was started", e);
        } catch (ExecutionException e) {
            throw new LabException(
                    "a program cannot be started: " + e.getCause().getMessage(), e.getCause());
        }
    }

    /** Ends everything; returns when namespaces and files are gone, at most after 15 s. May be called twice. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        onStarter(() -> {
            processes.forEach(Process::destroyForcibly);
            return null;
        });
        try {
            sweeper.getOutputStream().close();
            sweeper.waitFor(15, TimeUnit.SECONDS);
        } catch (IOException e) {
            sweeper.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        starter.shutdown();
    }
}
