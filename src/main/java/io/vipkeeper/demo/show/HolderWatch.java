package io.vipkeeper.demo.show;

import java.time.Duration;
import java.util.Optional;

import io.vipkeeper.demo.Cluster;
import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.probe.Probe;

/** Writes every change of the node that answers for the VIP, as the client sees it. */
final class HolderWatch {
    private static final Duration INTERVAL = Duration.ofMillis(10);

    private final Cluster cluster;
    private final Screen screen;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("holder-watch").unstarted(this::watch);
    private volatile boolean closed;

    private HolderWatch(Cluster cluster, Screen screen) {
        this.cluster = cluster;
        this.screen = screen;
    }

    static HolderWatch start(Cluster cluster, Screen screen) {
        HolderWatch watch = new HolderWatch(cluster, screen);
        watch.thread.start();
        return watch;
    }

    private void watch() {
        Optional<String> last = Optional.empty();
        boolean both = false;
        while (!closed) {
            boolean two = cluster.probe().timeline().answering(System.nanoTime()) > 1;
            Optional<String> now = cluster.probe().holder().map(LabNode::name);
            if (!two && !now.equals(last)) {
                now.ifPresentOrElse(
                        name -> screen.seen(name + " answers", true), () -> screen.seen("nobody answers", false));
                last = now;
            }
            if (two && !both && stillTwo()) {
                screen.seen("two nodes answer", false);
                last = Optional.empty();
                both = true;
            } else if (!two) {
                both = false;
            }
            Probe.pause(INTERVAL);
        }
    }

    /** Within 200 ms of any change both have answered; only after that it means something. */
    private boolean stillTwo() {
        Probe.pause(Duration.ofMillis(250));
        return cluster.probe().timeline().answering(System.nanoTime()) > 1;
    }

    void stop() {
        closed = true;
    }
}
