package io.vipkeeper.observe;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.vipkeeper.keeper.KeeperStatus;
import io.vipkeeper.vip.VirtualIp;

/**
 * What a service manager is told, as {@code sd_notify(3)} spells it: once that the election runs, then again and again
 * that the pipeline turns, and at last that the end has begun. Thread-safe.
 */
public final class ServiceReport {

    /** The way to the service manager. */
    public interface Channel {

        /** Sends without waiting; false if the message was not taken. */
        boolean send(String message);
    }

    private final Channel channel;
    private final KeeperView view;
    private final Liveness liveness;
    private boolean ready;
    private boolean stopping;
    private String lastStatus = "";

    public ServiceReport(Channel channel, KeeperView view) {
        this.channel = channel;
        this.view = view;
        this.liveness = new Liveness(view);
    }

    /**
     * To be called at least twice in the time after which the manager takes the service for dead. Says nothing while the
     * pipeline stands still, which is what makes the manager end it.
     */
    public synchronized void turn() {
        if (stopping || !liveness.isLive()) {
            return;
        }
        String status = status();
        String message =
                (ready ? "" : "READY=1\n") + "WATCHDOG=1" + (status.equals(lastStatus) ? "" : "\nSTATUS=" + status);
        if (channel.send(message)) {
            ready = true;
            lastStatus = status;
        }
    }

    /** The last thing that is told. */
    public synchronized void stop() {
        stopping = true;
        channel.send("STOPPING=1\nSTATUS=stops");
    }

    private String status() {
        return view.running()
                .flatMap(KeeperView.Running::status)
                .map(ServiceReport::text)
                .orElse("starts");
    }

    private static String text(KeeperStatus status) {
        return switch (status.role()) {
            case FOLLOWER -> "follows " + (status.holder().isEmpty() ? "nobody yet" : status.holder());
            case PROVISIONAL -> "answers for " + bound(status) + " until somebody is elected";
            case HOLDER -> "holds " + bound(status);
            case LEAVING -> "gives the address up";
            case STOPPING -> "stops";
        };
    }

    private static String bound(KeeperStatus status) {
        List<String> addresses = status.bound().entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .map(VirtualIp::toString)
                .sorted(Comparator.naturalOrder())
                .toList();
        return addresses.isEmpty() ? "no address yet" : addresses.stream().collect(Collectors.joining(", "));
    }
}
