package io.vipkeeper.demo;

import java.time.Duration;

import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.probe.Probe;

/** What can happen to a holder, and how it is undone afterwards. */
public enum Fault {
    STOP("clean stop"),
    KILL("kill -9"),
    RESTART("kill -9, started again"),
    FREEZE("frozen (SIGSTOP)"),
    UNPLUG("cable pulled"),
    POWER_OFF("power off"),
    API_CUT("cut off from the API"),
    API_FROZEN("API server frozen");

    private static final Duration RESTART_PAUSE = Duration.ofMillis(500);

    private final String label;

    Fault(String label) {
        this.label = label;
    }

    /** For tables. */
    public String label() {
        return label;
    }

    /** Whether it means anything to a program without an API. */
    boolean needsApi() {
        return this == API_CUT || this == API_FROZEN;
    }

    /** The embedded server is one for all nodes: frozen, it would leave nobody who may take over. */
    boolean possibleWith(Cluster.ApiKind kind) {
        return this != API_FROZEN || kind == Cluster.ApiKind.REAL;
    }

    /** Whether the holder is meant to stay what it is. */
    boolean keepsHolder() {
        return this == RESTART;
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
            case UNPLUG -> node.unplug();
            case POWER_OFF -> node.powerOff();
            case API_CUT -> node.cutFromApi();
            case API_FROZEN -> cluster.api().freeze(node);
        }
    }

    /** Makes the node whole again and its program running. */
    void undo(Cluster cluster, LabNode node) {
        switch (this) {
            case STOP, KILL, RESTART -> {}
            case FREEZE -> node.resume();
            case UNPLUG -> node.plug();
            case POWER_OFF -> {
                node.powerOn();
                cluster.repairApi(node);
            }
            case API_CUT -> node.restoreApi();
            case API_FROZEN -> cluster.api().resume(node);
        }
        if (this == STOP) {
            node.awaitEnd(Duration.ofSeconds(10));
        }
        node.start();
    }
}
