package io.vipkeeper.kubernetes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads all objects of a collection, some at a time. */
final class PagedList {
    private static final int LARGEST_PAGE = 8 << 20;
    private static final Duration PAGE_BOUND = Duration.ofSeconds(5);

    private final ElectionClient client;
    private final String collection;
    private final int page;
    private final int pages;

    /**
     * @param collection the path of the objects
     * @param page how many objects come at a time
     * @param pages how often is asked at most
     */
    PagedList(ElectionClient client, String collection, int page, int pages) {
        this.client = client;
        this.collection = collection;
        this.page = page;
        this.pages = pages;
    }

    /** How it ended; only after {@link Whole} all objects have been told of. */
    sealed interface Outcome {
        /** @param version the resourceVersion that all of it is of */
        record Whole(String version) implements Outcome {}

        /** @param reply no answer, or one of another status than 200 */
        record Refused(ApiReply reply) implements Outcome {}

        /** The answer is no list. */
        record Nonsense() implements Outcome {}

        /** There are more of them than can be read. */
        record TooMany() implements Outcome {}
    }

    /**
     * Blocks for as many requests as there are pages.
     *
     * @param object told of each, on this thread
     * @param enough asked between two pages whether no more can be taken
     */
    Outcome read(Consumer<JsonNode> object, BooleanSupplier enough) {
        String next = "";
        for (int asked = 0; asked < pages; asked++) {
            String uri = collection + "?limit=" + page
                    + (next.isEmpty() ? "" : "&continue=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
            ApiReply reply = client.exchange(ApiCall.Request.get(uri), PAGE_BOUND, LARGEST_PAGE);
            if (!(reply instanceof ApiReply.Answered answered) || answered.status() != 200) {
                return new Outcome.Refused(reply);
            }
            JsonNode list = LeaseJson.tree(answered.body());
            if (list == null
                    || !list.path("items").isArray() && !list.path("items").isNull()) {
                return new Outcome.Nonsense();
            }
            list.path("items").forEach(object);
            next = list.path("metadata").path("continue").asText("");
            if (next.isEmpty()) {
                return new Outcome.Whole(
                        list.path("metadata").path("resourceVersion").asText(""));
            }
            if (enough.getAsBoolean()) {
                break;
            }
        }
        return new Outcome.TooMany();
    }
}
