package io.vipkeeper.kubernetes;

import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;

import io.vipkeeper.lease.ApiFailure;

/**
 * The addresses that any Node of the cluster has as its own ({@code status.addresses}, InternalIP and ExternalIP),
 * which must never be bound as a virtual IP. Polled, on a thread of its own.
 */
public final class NodeAddresses {
    /** Nodes are large (they list their images), so few of them come at a time. */
    private static final int PAGE = 20;

    private static final int PAGES = 250;
    private static final int LARGEST_PAGE = 8 << 20;
    private static final int MOST_ADDRESSES = 20_000;
    private static final Duration BOUND = Duration.ofSeconds(5);

    private final ElectionClient client;
    private final Duration period;
    private final Duration retry;
    private final Predicate<String> trouble;

    /**
     * @param period between two looks at the Nodes, when the last succeeded
     * @param retry between two looks, when the last failed
     * @param trouble told a sentence when the list begins to fail, for instance by 403, until it says that it passed it
     *     on, and again only for another cause or after a success; called on the polling thread
     */
    public NodeAddresses(ElectionClient client, Duration period, Duration retry, Predicate<String> trouble) {
        this.client = client;
        this.period = period;
        this.retry = retry;
        this.trouble = trouble;
    }

    /** All addresses and the names of their Nodes, each time that they differ from before; never fails, ends when it is cancelled. */
    public Multi<Map<InetAddress, String>> changes() {
        return Multi.createFrom()
                .emitter(
                        emitter -> {
                            Thread thread = Thread.ofPlatform()
                                    .name("vipkeeper-node-addresses")
                                    .daemon()
                                    .unstarted(() -> poll(emitter));
                            emitter.onTermination(thread::interrupt);
                            thread.start();
                        },
                        BackPressureStrategy.LATEST);
    }

    private sealed interface Look {
        record Seen(Map<InetAddress, String> addresses) implements Look {}

        /** @param kind what makes it another cause than the one before */
        record Failed(String kind, String sentence) implements Look {}
    }

    private void poll(MultiEmitter<? super Map<InetAddress, String>> emitter) {
        Map<InetAddress, String> known = null;
        String reported = "";
        while (!emitter.isCancelled() && !Thread.currentThread().isInterrupted()) {
            Duration pause = period;
            switch (look()) {
                case Look.Seen(Map<InetAddress, String> addresses) -> {
                    reported = "";
                    if (!addresses.equals(known)) {
                        known = addresses;
                        emitter.emit(addresses);
                    }
                }
                case Look.Failed(String kind, String sentence) -> {
                    pause = retry;
                    boolean told =
                            kind.equals(reported) || !Thread.currentThread().isInterrupted() && trouble.test(sentence);
                    reported = told ? kind : "";
                }
            }
            try {
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private Look look() {
        Map<InetAddress, String> found = new HashMap<>();
        String next = "";
        for (int page = 0; page < PAGES; page++) {
            String uri = "/api/v1/nodes?limit=" + PAGE
                    + (next.isEmpty() ? "" : "&continue=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
            ApiReply reply = client.exchange(ApiCall.Request.get(uri), BOUND, LARGEST_PAGE);
            if (reply instanceof ApiReply.Failed(ApiFailure cause, String detail)) {
                return failed(cause.name(), detail);
            }
            ApiReply.Answered answered = (ApiReply.Answered) reply;
            if (answered.status() != 200) {
                return failed(String.valueOf(answered.status()), answered.text());
            }
            JsonNode list = LeaseJson.tree(answered.body());
            if (list == null
                    || !list.path("items").isArray() && !list.path("items").isNull()) {
                return failed("NONSENSE", "the answer is no list");
            }
            collect(list.path("items"), found);
            next = list.path("metadata").path("continue").asText("");
            if (next.isEmpty()) {
                return new Look.Seen(Map.copyOf(found));
            }
            if (found.size() > MOST_ADDRESSES) {
                break;
            }
        }
        return failed("SIZE", "there are more of them than can be read");
    }

    private static void collect(JsonNode items, Map<InetAddress, String> found) {
        for (JsonNode node : items) {
            String name = node.path("metadata").path("name").asText("");
            for (JsonNode address : node.path("status").path("addresses")) {
                String type = address.path("type").asText("");
                if (type.equals("InternalIP") || type.equals("ExternalIP")) {
                    Optional<InetAddress> literal =
                            Addresses.literal(address.path("address").asText(""));
                    literal.ifPresent(own -> found.put(own, name));
                }
            }
        }
    }

    private static Look failed(String kind, String why) {
        return new Look.Failed(kind, "The Nodes' own addresses are not known: " + OneLine.of(why));
    }
}
