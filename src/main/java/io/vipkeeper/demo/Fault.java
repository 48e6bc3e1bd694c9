package io.vipkeeper.demo;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import io.vipkeeper.demo.lab.LabAccess;
import io.vipkeeper.demo.lab.LabException;
import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.probe.Probe;

/**
 * What can happen to a holder, in the order of tables. A fault strikes; some relent while the client still watches; and
 * what is left is mended afterwards.
 */
public enum Fault {
    STOP("clean stop"),
    KILL("kill -9"),
    RESTART("kill -9, started again"),
    FREEZE("frozen (SIGSTOP), resumed"),
    POWER_OFF("power off"),
    UNPLUG("cable pulled, plugged"),
    API_CUT("cut off from the API"),
    API_FROZEN("local API server frozen"),
    API_KILLED("local API server killed"),
    ALL_APIS_FROZEN("all API servers frozen"),
    LOSS("15 % loss, 6 busy loops");

    private static final Duration RESTART_PAUSE = Duration.ofMillis(500);
    private static final int LOST_PERCENT = 15;
    private static final int BUSY_LOOPS = 6;

    private final String label;

    Fault(String label) {
        this.label = label;
    }

    /** For tables. */
    public String label() {
        return label;
    }

    /** For command lines and files, such as {@code power-off}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws LabException with a sentence for the user, if there is no such fault */
    public static Fault of(String id) {
        return Arrays.stream(values())
                .filter(fault -> fault.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new LabException("fault " + id + " is none of "
                        + Arrays.stream(values()).map(Fault::id).collect(Collectors.joining(", "))));
    }

    /** Whether it means anything to a program without an API. */
    public boolean needsApi() {
        return switch (this) {
            case API_CUT, API_FROZEN, API_KILLED, ALL_APIS_FROZEN -> true;
            case STOP, KILL, RESTART, FREEZE, POWER_OFF, UNPLUG, LOSS -> false;
        };
    }

    /** The embedded server is one for all nodes: none of them has one of its own to lose. */
    public boolean needsApiServers() {
        return this == API_FROZEN || this == API_KILLED;
    }

    /** Whether a program may do it less readily the more often it has happened of late. */
    public boolean isDamped() {
        return this == API_CUT || needsApiServers();
    }

    /** What is missing on this machine, as one sentence; empty if nothing is. */
    public Optional<String> problem() {
        return this == LOSS ? LabAccess.missing("nft", "nftables") : Optional.empty();
    }

    /** Whether somebody else is awaited. Otherwise it is only seen whether the VIP moves. */
    boolean awaitsSuccessor() {
        return switch (this) {
            case STOP, KILL, FREEZE, POWER_OFF, UNPLUG, API_CUT, API_FROZEN, API_KILLED -> true;
            case RESTART, ALL_APIS_FROZEN, LOSS -> false;
        };
    }

    /** How long it lasts at least before it relents, or before the client has seen enough. */
    Duration lasting(Pace pace) {
        return switch (this) {
            case FREEZE -> pace.frozen();
            case ALL_APIS_FROZEN -> pace.outage();
            case LOSS -> pace.loss();
            case RESTART -> Duration.ofSeconds(VipkeeperProgram.LEASE_SECONDS);
            case STOP, KILL, POWER_OFF, UNPLUG, API_CUT, API_FROZEN, API_KILLED -> Duration.ZERO;
        };
    }

    void strike(Cluster cluster, LabNode node) {
        switch (this) {
            case STOP -> node.stop();
            case KILL -> node.kill();
            case RESTART -> {
                node.kill();
                Probe.pause(RESTART_PAUSE);
                node.start();
            }
            case FREEZE -> node.freeze();
            case POWER_OFF -> node.powerOff();
            case UNPLUG -> node.unplug();
            case API_CUT -> node.cutFromApi();
            case API_FROZEN -> cluster.api().freeze(node);
            case API_KILLED -> cluster.api().kill(node);
            case ALL_APIS_FROZEN -> cluster.nodes().forEach(cluster.api()::freeze);
            case LOSS -> {
                cluster.nodes().forEach(one -> one.lose(LOST_PERCENT));
                cluster.lab().startBusyLoops(BUSY_LOOPS);
            }
        }
    }

    /** Ends it while the client watches; false if it does not end by itself. */
    boolean relent(Cluster cluster, LabNode node) {
        switch (this) {
            case FREEZE -> node.resume();
            case UNPLUG -> node.plug();
            case ALL_APIS_FROZEN -> cluster.nodes().forEach(cluster.api()::resume);
            case LOSS -> {
                cluster.lab().stopBusyLoops();
                cluster.nodes().forEach(LabNode::loseNothing);
            }
            case STOP, KILL, RESTART, POWER_OFF, API_CUT, API_FROZEN, API_KILLED -> {
                return false;
            }
        }
        return true;
    }

    /** Makes whole what {@link #relent} did not; the program may still have to be started. */
    void mend(Cluster cluster, LabNode node) {
        switch (this) {
            case STOP -> node.awaitEnd(Duration.ofSeconds(10));
            case POWER_OFF -> {
                node.powerOn();
                if (cluster.hasApi()) {
                    cluster.api().start(node);
                }
            }
            case API_CUT -> node.restoreApi();
            case API_FROZEN -> cluster.api().resume(node);
            case API_KILLED -> cluster.api().start(node);
            case KILL, RESTART, FREEZE, UNPLUG, ALL_APIS_FROZEN, LOSS -> {}
        }
    }
}
