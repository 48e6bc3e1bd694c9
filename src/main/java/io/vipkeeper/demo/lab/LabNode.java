package io.vipkeeper.demo.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One node of a lab and the faults that can befall it. Not thread-safe; the faults take a few milliseconds each, the
 * time to start an {@code ip}.
 */
public final class LabNode {
    private final int number;
    private final Wiring wiring;
    private final Scaffold scaffold;
    private LabProgram program;
    private Process process;

    LabNode(int number, Wiring wiring, Scaffold scaffold) {
        this.number = number;
        this.wiring = wiring;
        this.scaffold = scaffold;
    }

    /** Says what {@link #start} starts. */
    public void install(LabProgram installed) {
        program = installed;
    }

    /** {@code n1} and so on; also the name by which the program knows its node. */
    public String name() {
        return "n" + number;
    }

    /** From 1. */
    public int number() {
        return number;
    }

    public String address() {
        return LabPlan.address(number);
    }

    public String address6() {
        return LabPlan.address6(number);
    }

    /** The address on the API network, where health, metrics and a real API server can be asked. */
    public String apiAddress() {
        return LabPlan.apiAddress(number);
    }

    /** Lower case with colons, of the NIC on the VIP's network. */
    public String mac() {
        return LabPlan.mac(number);
    }

    String namespace() {
        return wiring.node(number);
    }

    /** Where the program's files may lie; removed with the lab. */
    public Path directory() {
        return scaffold.directory();
    }

    public Path log() {
        return scaffold.directory().resolve(name() + ".log");
    }

    /** What the program has printed so far. */
    public String logText() {
        try {
            return Files.exists(log()) ? Files.readString(log()) : "";
        } catch (IOException e) {
            throw new LabException("the log of " + name() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Starts the program; nothing if it runs. */
    public void start() {
        if (!isRunning()) {
            process = scaffold.start(namespace(), program.command(this), program.environment(this), log(), false);
        }
    }

    /** Starts another program in this node's namespace, its output in {@code <node>-<label>.log}. */
    public Process startBeside(String label, List<String> command, Map<String, String> environment) {
        Path file = scaffold.directory().resolve(name() + "-" + label + ".log");
        return scaffold.start(namespace(), command, environment, file, false);
    }

    /** The same, with pipes to and from this process; only the error stream goes to the log. Any thread may call it. */
    public Process startPiped(String label, List<String> command) {
        Path file = scaffold.directory().resolve(name() + "-" + label + ".log");
        return scaffold.start(namespace(), command, Map.of(), file, true);
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** The exit code of the last run, if there was one and it is over. */
    public Optional<Integer> exitCode() {
        return process == null || process.isAlive() ? Optional.empty() : Optional.of(process.exitValue());
    }

    /** Sends SIGTERM and returns at once. */
    public void stop() {
        if (isRunning()) {
            process.destroy();
        }
    }

    /** Waits until the program has ended. */
    public boolean awaitEnd(Duration limit) {
        try {
            return process == null || process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** SIGKILL to the program and its children; the kernel keeps what they configured. */
    public void kill() {
        if (isRunning()) {
            List<ProcessHandle> all = tree().toList();
            all.forEach(ProcessHandle::destroyForcibly);
            awaitEnd(Duration.ofSeconds(5));
        }
    }

    /** SIGSTOP to the program and its children. */
    public void freeze() {
        signal("STOP");
    }

    public void resume() {
        signal("CONT");
    }

    private void signal(String signal) {
        if (isRunning()) {
            Shell.script("kill -" + signal + " "
                    + tree().map(handle -> Long.toString(handle.pid())).collect(Collectors.joining(" ")));
        }
    }

    private Stream<ProcessHandle> tree() {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()));
    }

    /** The far end of the cable goes down: the node sees a NIC without carrier. */
    public void unplug() {
        ip(wiring.net(), "link", "set", "vip-" + name(), "down");
    }

    public void plug() {
        ip(wiring.net(), "link", "set", "vip-" + name(), "up");
    }

    /** The cable stays in, but nothing passes between this node and the API network: no refusal, only silence. */
    public void cutFromApi() {
        ip(wiring.net(), "link", "set", "api-" + name(), "nomaster");
    }

    public void restoreApi() {
        ip(wiring.net(), "link", "set", "api-" + name(), "master", "api0");
    }

    /**
     * What the neighbours see of a machine that loses its power: everything in it killed and both cables dead at the
     * same moment, and nothing of its volatile state left when it comes back.
     */
    public void powerOff() {
        String pids = isRunning() ? tree().map(handle -> " " + handle.pid()).collect(Collectors.joining()) : "";
        String net = "ip -n " + wiring.net() + " link set ";
        Shell.script((pids.isEmpty() ? "" : "kill -9" + pids + "; ")
                + net + "vip-" + name() + " down; " + net + "api-" + name() + " down; "
                + "kill -9 $(ip netns pids " + namespace() + ") 2>/dev/null; true");
        awaitEnd(Duration.ofSeconds(5));
        flushVip();
    }

    /** Power again: the cables live, nothing started yet. */
    public void powerOn() {
        plug();
        ip(wiring.net(), "link", "set", "api-" + name(), "up");
    }

    /** Somebody deletes the VIP from the NIC by hand. Nothing if it is not there. */
    public void flushVip() {
        ip(namespace(), "addr", "flush", "dev", "eth0", "to", LabPlan.VIP + "/32");
        ip(namespace(), "-6", "addr", "flush", "dev", "eth0", "to", LabPlan.VIP6 + "/128");
    }

    /** The node's own view; what the neighbours see is the probe's matter. */
    public boolean hasVip() {
        return !ip(namespace(), "-o", "addr", "show", "to", LabPlan.VIP + "/32").isEmpty();
    }

    public boolean hasVip6() {
        return !ip(namespace(), "-6", "-o", "addr", "show", "to", LabPlan.VIP6 + "/128")
                .isEmpty();
    }

    /** Runs {@code ip} in this node. */
    public String ip(List<String> arguments) {
        return ip(namespace(), arguments.toArray(String[]::new));
    }

    /** Resident memory of the running program in KiB, from {@code /proc}. */
    public long residentKib() {
        return procNumber("status", "VmRSS:");
    }

    /** How long ago the running program was started. */
    public Duration age() {
        return process.info()
                .startInstant()
                .map(start -> Duration.between(start, Instant.now()))
                .orElse(Duration.ZERO);
    }

    /** CPU time used by the running program so far. */
    public Duration cpuTime() {
        return process.info().totalCpuDuration().orElseThrow(() -> new LabException(name() + " runs no program"));
    }

    private long procNumber(String file, String key) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), file))) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                    .findFirst()
                    .orElseThrow(() -> new LabException(name() + " runs no program"));
        } catch (IOException e) {
            throw new LabException("the memory of " + name() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String ip(String namespace, String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip", "-n", namespace));
        command.addAll(List.of(arguments));
        return Shell.run(command);
    }

    @Override
    public String toString() {
        return name();
    }
}
