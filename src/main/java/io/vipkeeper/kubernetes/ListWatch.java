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

        /** A list or a watch is about to be asked for. */
        default void asking() {}

        /** The last watch ended as it was asked to: everything that there was when it was asked for has been shown. */
        default void ended() {}

        /** Something went wrong and is tried again after a pause. */
        void failed(String why);
    }

    /**
     * @param time how long a list may take
     * @param bytes how large it may be
     * @param segment after which the server is asked to end a watch; the next goes on where that one ended, without a
     *     list, until the pace's life is over; zero: that is the life
     */
    record Bounds(Duration time, int bytes, Duration segment) {
        Bounds(Duration time, int bytes) {
            this(time, bytes, Duration.ZERO);
        }
    }

    private final ElectionClient client;
    private final String selection;
    private final WatchPace pace;
    private final Bounds bounds;
    private final Listener listener;
    private String version = "";
    private String line = "";
    private boolean resumes;
    private long listedAt;

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
                useful = (mayResume() || list()) && watch(over);
            } catch (RuntimeException e) {
                line = e.toString();
                resumes = false;
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

    /** A server that ends a watch before its time may have forgotten something: then it is asked for a list. */
    private boolean mayResume() {
        return resumes && System.nanoTime() - listedAt < pace.life().toNanos();
    }

    private Duration segment() {
        return bounds.segment().isZero() ? pace.life() : bounds.segment();
    }

    /** @return whether there is a version to watch from */
    private boolean list() {
        listener.asking();
        listedAt = System.nanoTime();
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
        resumes = false;
        listener.asking();
        String uri = selection + "&watch=true&allowWatchBookmarks=true&resourceVersion="
                + URLEncoder.encode(version, StandardCharsets.UTF_8) + "&timeoutSeconds="
                + Math.max(1, segment().toSeconds());
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
        long life = segment().plus(pace.patience()).toNanos();
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
                    return useful | ended(began);
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

    /** @return whether it lasted as long as it was asked to, and the next one may go on from there */
    private boolean ended(long began) {
        boolean whole = System.nanoTime() - began >= bounds.segment().toNanos() * 9 / 10;
        resumes = whole && !bounds.segment().isZero();
        if (resumes) {
            listener.ended();
        }
        return resumes;
    }

    /** @return whether the watch goes on; not after an ERROR (410: the version is too old) or nonsense */
    private boolean event(JsonNode event) {
        if (event == null) {
            return refused("the watch says what is no JSON");
        }
        JsonNode object = event.path("object");
        String reached = object.path("metadata").path("resourceVersion").asText("");
        return switch (event.path("type").asText("")) {
            case "ADDED", "MODIFIED" ->
                reached(reached) && listener.changed(object) || refused("the watch shows what was not asked for");
            case "DELETED" -> {
                listener.deleted(object);
                yield reached(reached);
            }
            case "BOOKMARK" -> {
                listener.bookmark();
                yield reached(reached);
            }
            default -> refused("the watch ends: " + object.path("message").asText("unknown event"));
        };
    }

    private boolean reached(String newer) {
        version = newer.isEmpty() ? version : newer;
        return true;
    }

    private boolean refused(String why) {
        line = why;
        return false;
    }
}
