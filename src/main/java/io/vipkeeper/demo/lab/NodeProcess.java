package io.vipkeeper.demo.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A program on a node that is started, ended and started again, with all its children. Not thread-safe. */
public final class NodeProcess {
    private static final Duration END_LIMIT = Duration.ofSeconds(5);

    private final String name;
    private final Supplier<Process> starter;
    private Process process;

    NodeProcess(String name, Supplier<Process> starter) {
        this.name = name;
        this.starter = starter;
    }

    /** Starts it; nothing if it runs. */
    public void start() {
        if (!isRunning()) {
            process = starter.get();
        }
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** The exit code of the last run, if there was one and it is over. */
    Optional<Integer> exitCode() {
        return process == null || process.isAlive() ? Optional.empty() : Optional.of(process.exitValue());
    }

    /** Sends SIGTERM and returns at once. */
    void stop() {
        if (isRunning()) {
            process.destroy();
        }
    }

    boolean awaitEnd(Duration limit) {
        try {
            return process == null || process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** SIGKILL, and waits up to 5 s for the end. */
    public void kill() {
        if (isRunning()) {
            List<ProcessHandle> all = tree().toList();
            all.forEach(ProcessHandle::destroyForcibly);
            awaitEnd(END_LIMIT);
        }
    }

    /** SIGSTOP. */
    public void freeze() {
        signal("STOP");
    }

    /** SIGCONT. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String signal) {
        if (isRunning()) {
            Shell.script("kill -" + signal + " " + pids());
        }
    }

    /** Separated by spaces; empty if it does not run. */
    String pids() {
        return processes().stream().map(pid -> Long.toString(pid)).collect(Collectors.joining(" "));
    }

    /** Empty if it does not run. */
    List<Long> processes() {
        return isRunning() ? tree().map(ProcessHandle::pid).toList() : List.of();
    }

    private Stream<ProcessHandle> tree() {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()));
    }

    Duration age() {
        return process.info()
                .startInstant()
                .map(start -> Duration.between(start, Instant.now()))
                .orElse(Duration.ZERO);
    }
}
