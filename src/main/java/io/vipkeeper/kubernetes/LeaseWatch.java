package io.vipkeeper.kubernetes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;

import io.vipkeeper.lease.LeaseEvent;

/**
 * Watches the one Lease for as long as somebody subscribes, on a thread of its own. It lists, then watches from
 * there; whatever goes wrong, it starts again. A hint and no more: events may be late, double, or missing, so whoever
 * relies on the Lease polls it too. Only the newest event waits for a subscriber who is slow.
 */
public final class LeaseWatch {
    private final ElectionClient client;
    private final KubernetesLeaseStore store;
    private final WatchPace pace;
    private final Predicate<String> trouble;

    /**
     * @param store of the same Lease; learns the objects that the watch sees
     * @param trouble told a sentence at each failure, and says whether it passed it on; called on the watch's thread
     */
    public LeaseWatch(ElectionClient client, KubernetesLeaseStore store, WatchPace pace, Predicate<String> trouble) {
        this.client = client;
        this.store = store;
        this.pace = pace;
        this.trouble = trouble;
    }

    /** Never fails and never completes; ends, with its thread and connection, when it is cancelled. */
    public Multi<LeaseEvent> events() {
        return Multi.createFrom()
                .emitter(
                        emitter -> {
                            Thread thread = Thread.ofPlatform()
                                    .name("vipkeeper-lease-watch")
                                    .daemon()
                                    .unstarted(new Session(emitter));
                            emitter.onTermination(thread::interrupt);
                            thread.start();
                        },
                        BackPressureStrategy.LATEST);
    }

    /** One subscription. */
    private final class Session implements Runnable {
        private final MultiEmitter<? super LeaseEvent> emitter;
        private String version = "";
        private String line = "";

        Session(MultiEmitter<? super LeaseEvent> emitter) {
            this.emitter = emitter;
        }

        @Override
        public void run() {
            Duration pause = pace.firstPause();
            while (!stopped()) {
                boolean useful = false;
                long began = System.nanoTime();
                try {
                    useful = list() && watch();
                } catch (RuntimeException e) {
                    line = e.toString();
                }
                if (useful) {
                    pause = pace.firstPause();
                    // A server that ends each watch after one event must not be asked as fast as it can answer.
                    sleep(pause.minusNanos(Math.min(pause.toNanos(), System.nanoTime() - began)));
                } else {
                    complain();
                    sleep(pause);
                    Duration doubled = pause.multipliedBy(2);
                    pause = doubled.compareTo(pace.longestPause()) < 0 ? doubled : pace.longestPause();
                }
            }
        }

        private boolean stopped() {
            return emitter.isCancelled() || Thread.currentThread().isInterrupted();
        }

        /** @return whether there is a version to watch from */
        private boolean list() {
            String uri = store.name().collection() + "?fieldSelector=metadata.name%3D"
                    + store.name().name();
            return switch (client.exchange(ApiCall.Request.get(uri))) {
                case ApiReply.Failed failed -> refused(failed.detail());
                case ApiReply.Answered answered ->
                    answered.status() == 200 ? listed(LeaseJson.tree(answered.body())) : refused(answered.text());
            };
        }

        private boolean listed(JsonNode list) {
            JsonNode items = list == null ? null : list.get("items");
            boolean none = items == null || items.isNull();
            version = list == null
                    ? ""
                    : list.path("metadata").path("resourceVersion").asText("");
            if (list == null || version.isEmpty() || !none && !items.isArray()) {
                return refused("the list of Leases is nonsense");
            }
            boolean seen = false;
            if (!none) {
                for (JsonNode item : items) {
                    seen |= seen(item);
                }
            }
            if (!seen) {
                emitter.emit(new LeaseEvent.Gone());
            }
            return true;
        }

        /** @return whether it did what a watch does, so that the next one may begin without a pause */
        private boolean watch() {
            long began = System.nanoTime();
            String uri =
                    store.name().collection() + "?watch=true&allowWatchBookmarks=true&fieldSelector=metadata.name%3D"
                            + store.name().name() + "&resourceVersion="
                            + URLEncoder.encode(version, StandardCharsets.UTF_8) + "&timeoutSeconds="
                            + Math.max(1, pace.life().toSeconds());
            return switch (client.open(uri, client.attempt())) {
                case LineStream.Opening.Refused refused ->
                    refused(refused.reply().text());
                case LineStream.Opening.Opened opened -> {
                    try (LineStream lines = opened.lines()) {
                        boolean useful = follow(lines, began);
                        yield useful
                                || System.nanoTime() - began
                                        > pace.longestPause().toNanos();
                    }
                }
            };
        }

        /** @return whether an event came */
        private boolean follow(LineStream lines, long began) {
            boolean useful = false;
            long life = pace.life().plus(pace.patience()).toNanos();
            while (!stopped() && System.nanoTime() - began < life) {
                switch (lines.next(pace.patience())) {
                    case LineStream.Next.Line(byte[] bytes) -> {
                        if (!event(LeaseJson.tree(bytes))) {
                            return false;
                        }
                        useful = true;
                    }
                    case LineStream.Next.Silence silence -> {
                        return true;
                    }
                    case LineStream.Next.End end -> {
                        return useful;
                    }
                    case LineStream.Next.Broken broken -> {
                        line = broken.why();
                        return useful;
                    }
                    case LineStream.Next.Head head -> {}
                }
            }
            return useful;
        }

        /** @return whether the watch goes on; not after an ERROR (410: the version is too old) or nonsense */
        private boolean event(JsonNode event) {
            if (event == null) {
                return refused("the watch says what is no JSON");
            }
            return switch (event.path("type").asText("")) {
                case "ADDED", "MODIFIED" -> seen(event.path("object")) || refused("the watch shows what is no Lease");
                case "DELETED" -> {
                    emitter.emit(new LeaseEvent.Gone());
                    yield true;
                }
                case "BOOKMARK" -> true;
                default ->
                    refused("the watch ends: "
                            + event.path("object").path("message").asText("unknown event"));
            };
        }

        private boolean seen(JsonNode object) {
            if (LeaseJson.parse(store.name(), object) instanceof LeaseJson.Parsed.Lease lease) {
                store.remember(lease);
                emitter.emit(new LeaseEvent.Seen(lease.record()));
                return true;
            }
            return false;
        }

        private boolean refused(String why) {
            line = why;
            return false;
        }

        private void complain() {
            if (!stopped()) {
                trouble.test("Watching Lease " + store.name() + " fails and is tried again; polling goes on. "
                        + OneLine.of(line));
            }
        }

        private void sleep(Duration pause) {
            try {
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
