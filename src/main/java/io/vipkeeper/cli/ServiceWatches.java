package io.vipkeeper.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.Cancellable;
import org.jboss.logging.Logger;

import io.vipkeeper.vip.VipEvent;
import io.vipkeeper.vip.VirtualIp;

/**
 * Watches the addresses of Services at the kernel and on the wire, interface by interface: one that somebody took off is
 * told of, and one that another machine claims. Which addresses there are changes all the time, and a watch is of fixed
 * ones: those of an interface whose addresses have changed begin anew, at most once a second.
 */
final class ServiceWatches {
    private static final Logger LOG = Logger.getLogger(ServiceWatches.class);
    private static final long PERIOD_MILLIS = 1_000;

    private final BiFunction<String, List<VirtualIp>, List<Multi<VipEvent>>> sources;
    private final Consumer<VipEvent> listener;
    private final AtomicReference<Map<VirtualIp, String>> wanted = new AtomicReference<>(Map.of());
    private final Map<String, Watched> running = new HashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "vipkeeper-services-watches");
        thread.setDaemon(true);
        return thread;
    });

    private record Watched(Set<VirtualIp> vips, List<Cancellable> subscriptions) {}

    /**
     * @param sources what to subscribe to for the addresses of an interface; what it says of the link is left out
     * @param listener told on the threads of the sources
     */
    ServiceWatches(BiFunction<String, List<VirtualIp>, List<Multi<VipEvent>>> sources, Consumer<VipEvent> listener) {
        this.sources = sources;
        this.listener = listener;
    }

    void start() {
        timer.scheduleWithFixedDelay(this::followAnyway, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The addresses that are wanted from now on and where; from any thread, at once. */
    void want(Map<VirtualIp, String> nics) {
        wanted.set(Map.copyOf(nics));
    }

    /** What is thrown would end the timer without a word. */
    private void followAnyway() {
        try {
            follow();
        } catch (RuntimeException e) {
            LOG.warnf("the addresses of Services are not watched now, which is tried again: %s", e);
        }
    }

    /** On one thread. */
    void follow() {
        Map<String, Set<VirtualIp>> next = new TreeMap<>();
        wanted.get().forEach((vip, nic) -> next.computeIfAbsent(
                        nic,
                        first -> new TreeSet<>((one, other) -> one.toString().compareTo(other.toString())))
                .add(vip));
        for (String nic : List.copyOf(running.keySet())) {
            if (!running.get(nic).vips().equals(next.get(nic))) {
                running.remove(nic).subscriptions().forEach(Cancellable::cancel);
            }
        }
        next.forEach((nic, vips) -> running.computeIfAbsent(nic, fresh -> new Watched(vips, subscribe(nic, vips))));
    }

    private List<Cancellable> subscribe(String nic, Set<VirtualIp> vips) {
        List<Cancellable> subscriptions = new ArrayList<>();
        for (Multi<VipEvent> source : sources.apply(nic, List.copyOf(vips))) {
            subscriptions.add(source.filter(event -> !(event instanceof VipEvent.LinkChanged))
                    .subscribe()
                    .with(listener));
        }
        return subscriptions;
    }
}
