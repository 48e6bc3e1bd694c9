package io.vipkeeper.kubernetes.services;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import io.vipkeeper.kubernetes.ElectionClient;
import io.vipkeeper.kubernetes.ObjectWatch;
import io.vipkeeper.service.ServiceEvent;
import io.vipkeeper.service.plan.Endpoints;
import io.vipkeeper.service.plan.ServiceKey;
import io.vipkeeper.service.plan.ServiceView;
import io.vipkeeper.service.plan.Snapshot;

/**
 * Shows all Services of interest with their endpoints, again as a whole after each change, and says every few seconds
 * that nothing was missed; changes that come within a few milliseconds, or while one is being told of, are told of
 * together. On threads of its own.
 */
public final class ServiceFeed implements AutoCloseable {
    /** Between two tellings: endpoints may change a hundred times a second. */
    private static final long PAUSE_MILLIS = 10;

    private final ObjectWatch<ServiceView> services;
    private final ObjectWatch<ServiceJson.Slice> slices;
    private final Semaphore changed = new Semaphore(0);
    private final List<Thread> threads = new ArrayList<>();
    private Edition told = new Edition(-1, -1);
    private int gaps;

    private record Edition(int services, int slices) {}

    /**
     * @param namespace the only one of interest; empty for all
     * @param trouble told a sentence at each failure, and says whether it passed it on
     * @param clock nanoseconds, that of the core
     */
    public ServiceFeed(
            ElectionClient client, Optional<String> namespace, Predicate<String> trouble, LongSupplier clock) {
        String within = namespace.map(name -> "namespaces/" + name + "/").orElse("");
        services = new ObjectWatch<>(client, "/api/v1/" + within + "services", ServiceJson::service, trouble, clock);
        slices = new ObjectWatch<>(
                client, "/apis/discovery.k8s.io/v1/" + within + "endpointslices", ServiceJson::slice, trouble, clock);
    }

    /** @param listener told on one thread, as soon as both were read once; it may take its time */
    public void start(Consumer<ServiceEvent> listener) {
        run("services-watch", () -> services.follow(changed::release, ServiceFeed::isOver));
        run("endpoints-watch", () -> slices.follow(changed::release, ServiceFeed::isOver));
        run("services-feed", () -> tell(listener));
    }

    private void run(String name, Runnable body) {
        threads.add(Thread.ofPlatform().daemon().name("vipkeeper-" + name).start(body));
    }

    private static boolean isOver() {
        return Thread.currentThread().isInterrupted();
    }

    private void tell(Consumer<ServiceEvent> listener) {
        try {
            while (true) {
                changed.acquire();
                changed.drainPermits();
                next().ifPresent(listener);
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The age is read before the objects, so that these are no older. */
    private Optional<ServiceEvent> next() {
        long asOf = earlier(services.asOfNanos(), slices.asOfNanos());
        int before = services.gaps();
        Edition edition = new Edition(services.edition(), slices.edition());
        Optional<Collection<ServiceView>> views = services.all();
        Optional<Collection<ServiceJson.Slice>> parts = slices.all();
        if (views.isEmpty() || parts.isEmpty()) {
            return Optional.empty();
        }
        if (edition.equals(told)) {
            return Optional.of(new ServiceEvent.Fresh(asOf));
        }
        Snapshot snapshot = new Snapshot(List.copyOf(views.get()), endpoints(parts.get()));
        // One that is counted between the two looks may be of the objects of this time or of the next.
        boolean gap = services.gaps() != gaps;
        told = edition;
        gaps = before;
        return Optional.of(new ServiceEvent.Seen(snapshot, asOf, gap));
    }

    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }

    private static Map<ServiceKey, Endpoints> endpoints(Collection<ServiceJson.Slice> slices) {
        Map<ServiceKey, Endpoints> all = new HashMap<>();
        slices.forEach(slice -> all.merge(slice.service(), slice.endpoints(), Endpoints::and));
        return all;
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
