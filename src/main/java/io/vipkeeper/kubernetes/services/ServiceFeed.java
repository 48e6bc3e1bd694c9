package io.vipkeeper.kubernetes.services;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.vipkeeper.kubernetes.ElectionClient;
import io.vipkeeper.kubernetes.ObjectWatch;
import io.vipkeeper.service.plan.Endpoints;
import io.vipkeeper.service.plan.ServiceKey;
import io.vipkeeper.service.plan.ServiceView;
import io.vipkeeper.service.plan.Snapshot;

/**
 * Shows all Services of interest with their endpoints, again as a whole after each change; changes that come while one
 * is being told of are told of together. On threads of its own.
 */
public final class ServiceFeed implements AutoCloseable {
    private final ObjectWatch<ServiceView> services;
    private final ObjectWatch<ServiceJson.Slice> slices;
    private final Semaphore changed = new Semaphore(0);
    private final List<Thread> threads = new ArrayList<>();

    /**
     * @param namespace the only one of interest; empty for all
     * @param trouble told a sentence at each failure, and says whether it passed it on
     */
    public ServiceFeed(ElectionClient client, Optional<String> namespace, Predicate<String> trouble) {
        String within = namespace.map(name -> "namespaces/" + name + "/").orElse("");
        services = new ObjectWatch<>(client, "/api/v1/" + within + "services", ServiceJson::service, trouble);
        slices = new ObjectWatch<>(
                client, "/apis/discovery.k8s.io/v1/" + within + "endpointslices", ServiceJson::slice, trouble);
    }

    /** @param listener told on one thread, as soon as both were read once */
    public void start(Consumer<Snapshot> listener) {
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

    private void tell(Consumer<Snapshot> listener) {
        try {
            while (true) {
                changed.acquire();
                changed.drainPermits();
                Optional<Collection<ServiceView>> views = services.all();
                Optional<Collection<ServiceJson.Slice>> parts = slices.all();
                if (views.isPresent() && parts.isPresent()) {
                    listener.accept(new Snapshot(List.copyOf(views.get()), endpoints(parts.get())));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
