package io.vipkeeper.kubernetes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Lists objects, then watches from there; whatever goes wrong, it starts again. A hint and no more: events may be
 * late, double, or missing. For one thread.
 */
final class ListWatch {

    /** Told on the thread that runs the watch. */
    interface Listener {
        /** Everything that there is now. */
        void listed(List<JsonNode> objects);

        /** @return whether the object is one that was asked for; if not, the watch begins anew */
        boolean changed(JsonNode object);

        void deleted(JsonNode object);

        /** The server lives and had nothing else to say. */
        default void bookmark() {}

        /** Something went wrong and is tried again after a pause. */
        void failed(String why);
    }

    /** How long a list may take and how large it may be. */
    record Bounds(Duration time, int bytes) {}

    private final ElectionClient client;
    private final String selection;
    private final WatchPace pace;
    private final Bounds bounds;
    private final Listener listener;
    private String version = "";
    private String line = "";

    /**
     * @param collection the path of the objects
     * @param selector which of them, as a parameter of a query: {@code labelSelector=a%3Db}
     */
    ListWatch(ElectionClient client, String collection, String selector, WatchPace pace, Listener listener) {
        this(client, collection, selector, pace, new Bounds(client.attempt(), ElectionClient.LARGEST_ANSWER), listener);
    }

    /** @param bounds of a list; the rest is as above */
    ListWatch(
            ElectionClient client,
            String collection,
            String selector,
            WatchPace pace,
            Bounds bounds,
            Listener listener) {
        this.client = client;
        this.bounds = bounds;
        this.selection = collection + "?" + selector;
        this.pace = pace;
        this.listener = listener;
    }

    /** Runs until it is over or the thread is interrupted. */
    void run(BooleanSupplier over) {
        Duration pause = pace.firstPause();
        while (!over.getAsBoolean()) {
            boolean useful = false;
            long began = System.nanoTime();
            try {
                useful = list() && watch(over);
            } catch (RuntimeException e) {
                line = e.toString();
            }
            if (useful) {
                pause = pace.firstPause();
                // A server that ends each watch after one event must not be asked as fast as it can answer.
                ThreadSource.sleep(pause.minusNanos(Math.min(pause.toNanos(), System.nanoTime() - began)));
            } else {
                if (!over.getAsBoolean()) {
                    listener.failed(OneLine.of(line));
                }
                ThreadSource.sleep(pause);
                pause = WatchPace.doubled(pause, pace.longestPause());
            }
        }
    }

    /** @return whether there is a version to watch from */
    private boolean list() {
        return switch (client.exchange(ApiCall.Request.get(selection), bounds.time(), bounds.bytes())) {
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
            return refused("the list is nonsense");
        }
        listener.listed(none ? List.of() : items.valueStream().toList());
        return true;
    }

    /** @return whether it did what a watch does, so that the next one may begin without a pause */
    private boolean watch(BooleanSupplier over) {
        long began = System.nanoTime();
        String uri = selection + "&watch=true&allowWatchBookmarks=true&resourceVersion="
                + URLEncoder.encode(version, StandardCharsets.UTF_8) + "&timeoutSeconds="
                + Math.max(1, pace.life().toSeconds());
        return switch (client.open(uri, client.attempt())) {
            case LineStream.Opening.Refused refused -> refused(refused.reply().text());
            case LineStream.Opening.Opened opened -> {
                try (LineStream lines = opened.lines()) {
                    boolean useful = follow(lines, began, over);
                    yield useful
                            || System.nanoTime() - began > pace.longestPause().toNanos();
                }
            }
        };
    }

    /** @return whether an event came */
    private boolean follow(LineStream lines, long began, BooleanSupplier over) {
        boolean useful = false;
        long life = pace.life().plus(pace.patience()).toNanos();
        while (!over.getAsBoolean() && System.nanoTime() - began < life) {
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
        JsonNode object = event.path("object");
        return switch (event.path("type").asText("")) {
            case "ADDED", "MODIFIED" -> listener.changed(object) || refused("the watch shows what was not asked for");
            case "DELETED" -> {
                listener.deleted(object);
                yield true;
            }
            case "BOOKMARK" -> {
                listener.bookmark();
                yield true;
            }
            default -> refused("the watch ends: " + object.path("message").asText("unknown event"));
        };
    }

    private boolean refused(String why) {
        line = why;
        return false;
    }
}
