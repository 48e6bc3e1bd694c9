package io.vipkeeper.demo.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One node of a lab and the faults that can befall it. Not thread-safe; the faults take a few milliseconds each, the
 * time to start an {@code ip}.
 */
public final class LabNode {
    private static final Duration END_LIMIT = Duration.ofSeconds(5);

    private final int number;
    private final NodeNetwork network;
    private final Scaffold scaffold;
    private final NodeProcess keeper;
    private LabProgram program;

    LabNode(int number, Wiring wiring, Scaffold scaffold) {
        this.number = number;
        this.network = new NodeNetwork(wiring, number);
        this.scaffold = scaffold;
        this.keeper = new NodeProcess(name(), this::startProgram);
    }

    private Process startProgram() {
        return scaffold.start(network.namespace(), program.command(this), program.environment(this), log(), false);
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

    /** Starts another program in this node's namespace, its output in {@code <node>-<label>.log}. */
    public Process startBeside(String label, List<String> command, Map<String, String> environment) {
        Path file = scaffold.directory().resolve(name() + "-" + label + ".log");
        return scaffold.start(network.namespace(), command, environment, file, false);
    }

    /** The same, with pipes to and from this process; only the error stream goes to the log. Any thread may call it. */
    public Process startPiped(String label, List<String> command) {
        Path file = scaffold.directory().resolve(name() + "-" + label + ".log");
        return scaffold.start(network.namespace(), command, Map.of(), file, true);
    }

    /** The first again, for a program that shall be frozen, killed and started again; not started yet. */
    public NodeProcess beside(String label, List<String> command) {
        return new NodeProcess(label + " of " + name(), () -> startBeside(label, command, Map.of()));
    }

    /** Starts the program; nothing if it runs. */
    public void start() {
        keeper.start();
    }

    public boolean isRunning() {
        return keeper.isRunning();
    }

    /** The exit code of the last run, if there was one and it is over. */
    public Optional<Integer> exitCode() {
        return keeper.exitCode();
    }

    /** Sends SIGTERM and returns at once. */
    public void stop() {
        keeper.stop();
    }

    /** Waits until the program has ended. */
    public boolean awaitEnd(Duration limit) {
        return keeper.awaitEnd(limit);
    }

    /** SIGKILL to the program and its children; the kernel keeps what they configured. */
    public void kill() {
        keeper.kill();
    }

    /** SIGSTOP to the program and its children. */
    public void freeze() {
        keeper.freeze();
    }

    public void resume() {
        keeper.resume();
    }

    /** The far end of the cable goes down: the node sees a NIC without carrier. */
    public void unplug() {
        network.unplug();
    }

    public void plug() {
        network.plug();
    }

    /** The cable stays in, but nothing passes between this node and the API network: no refusal, only silence. */
    public void cutFromApi() {
        network.cutFromApi();
    }

    public void restoreApi() {
        network.restoreApi();
    }

    /**
     * What the neighbours see of a machine that loses its power: everything in it killed and both cables dead at the
     * same moment, and nothing of its volatile state left when it comes back.
     */
    public void powerOff() {
        network.powerOff(keeper.pids());
        awaitEnd(END_LIMIT);
        network.flushVip();
    }

    /** Power again: the cables live, nothing started yet. */
    public void powerOn() {
        network.powerOn();
    }

    /**
     * From now on a share of the datagrams from the other nodes is lost on their way to this one.
     *
     * @param percent 1 to 99
     */
    public void lose(int percent) {
        network.lose(percent);
    }

    public void loseNothing() {
        network.loseNothing();
    }

    /** Somebody deletes the VIP from the NIC by hand. Nothing if it is not there. */
    public void flushVip() {
        network.flushVip();
    }

    /** The node's own view; what the neighbours see is the probe's matter. */
    public boolean hasVip() {
        return network.hasVip();
    }

    public boolean hasVip6() {
        return network.hasVip6();
    }

    /** Runs {@code ip} in this node. */
    public String ip(List<String> arguments) {
        return network.ip(arguments.toArray(String[]::new));
    }

    /** The numbers of the running program's processes; empty if it does not run. */
    public List<Long> processes() {
        return keeper.processes();
    }

    /** How long ago the running program was started. */
    public Duration age() {
        return keeper.age();
    }

    @Override
    public String toString() {
        return name();
    }
}
