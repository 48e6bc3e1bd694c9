package io.vipkeeper.kubernetes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import io.vipkeeper.lease.LeaseEvent;
import io.vipkeeper.lease.LeaseRecord;

/**
 * Watches many Leases by their labels, in one namespace or in all, and tells of each one that changed and of no other:
 * with as many Leases as nodes renew, whoever told of all of them each time would do so for the square of that. On
 * threads of its own.
 */
public final class LeaseFeed {
    /** What changes within that is told of together. */
    private static final long PAUSE_MILLIS = 10;

    private final ObjectWatch<Named> watch;
    private final BiConsumer<LeaseName, LeaseEvent> listener;
    private final Semaphore changed = new Semaphore(0);
    private final Map<LeaseName, LeaseRecord> told = new HashMap<>();

    private record Named(LeaseName name, LeaseRecord record) {}

    /**
     * @param namespace the only one of interest; empty for all
     * @param trouble told a sentence at each failure, and says whether it passed it on
     * @param listener told on one thread; of what is gone as well
     */
    public LeaseFeed(
            ElectionClient client,
            Optional<String> namespace,
            Map<String, String> labels,
            Predicate<String> trouble,
            LongSupplier clock,
            BiConsumer<LeaseName, LeaseEvent> listener) {
        String within = namespace.map(name -> "namespaces/" + name + "/").orElse("");
        String selector = labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
        watch = new ObjectWatch<>(
                client,
                "/apis/coordination.k8s.io/v1/" + within + "leases",
                "labelSelector=" + URLEncoder.encode(selector, StandardCharsets.UTF_8),
                LeaseFeed::named,
                trouble,
                clock);
        this.listener = listener;
    }

    /** Begins. @param name of the threads */
    public void start(String name) {
        Thread.ofPlatform()
                .daemon()
                .name(name)
                .start(() -> watch.follow(changed::release, Thread.currentThread()::isInterrupted));
        Thread.ofPlatform().daemon().name(name + "-feed").start(this::tellAll);
    }

    private static Optional<Named> named(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        String name = metadata.path("name").asText("");
        try {
            LeaseName lease = new LeaseName(metadata.path("namespace").asText(""), name);
            return LeaseJson.parse(name, object) instanceof LeaseJson.Parsed.Lease parsed
                    ? Optional.of(new Named(lease, parsed.record()))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void tellAll() {
        try {
            while (true) {
                changed.acquire();
                changed.drainPermits();
                watch.all()
                        .ifPresent(all -> tell(all.stream()
                                .collect(Collectors.toMap(Named::name, Named::record, (one, other) -> other))));
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Map<LeaseName, LeaseRecord> now) {
        for (LeaseName name : Map.copyOf(told).keySet()) {
            if (!now.containsKey(name)) {
                told.remove(name);
                listener.accept(name, new LeaseEvent.Gone());
            }
        }
        now.forEach((name, record) -> {
            LeaseRecord before = told.put(name, record);
            if (before == null || !before.resourceVersion().equals(record.resourceVersion())) {
                listener.accept(name, new LeaseEvent.Seen(record));
            }
        });
    }
}
