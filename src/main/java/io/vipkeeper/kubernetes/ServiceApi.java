package io.vipkeeper.kubernetes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;

/** Services, one request at a time; each call blocks for its bound at most. Safe for any thread. */
public final class ServiceApi {
    private static final int PAGE = 500;
    private static final int PAGES = 200;
    private static final int LARGEST_PAGE = 8 << 20;
    private static final Duration PAGE_BOUND = Duration.ofSeconds(5);

    /** What the server refuses for good: malformed, forbidden, not supported, invalid. */
    private static final Set<Integer> FOR_GOOD = Set.of(400, 403, 405, 415, 422);

    private final ElectionClient client;

    public ServiceApi(ElectionClient client) {
        this.client = client;
    }

    /** @param version the resourceVersion that all of it is of */
    public record Listing(String version, List<JsonNode> services) {}

    /** What became of a request. */
    public sealed interface Outcome {
        /** @param object as the server has it now */
        record Found(JsonNode object) implements Outcome {}

        /** There is none. */
        record Missing() implements Outcome {}

        /** It is not at the version that the request is about. */
        record Conflict() implements Outcome {}

        /** The server does not want it. @param detail one line for people, without secrets */
        record Denied(String detail) implements Outcome {}

        /** Nobody knows. @param detail one line for people, without secrets */
        record Unanswered(String detail) implements Outcome {}
    }

    /** How long {@link #patch} and {@link #read} take at most. */
    public Duration bound() {
        return client.attempt();
    }

    /** All Services of the cluster as they are after this call began, on several pages; empty if they cannot be told. */
    public Optional<Listing> all() {
        List<JsonNode> all = new ArrayList<>();
        String next = "";
        for (int page = 0; page < PAGES; page++) {
            String uri = "/api/v1/services?limit=" + PAGE
                    + (next.isEmpty() ? "" : "&continue=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
            ApiReply reply = client.exchange(ApiCall.Request.get(uri), PAGE_BOUND, LARGEST_PAGE);
            if (!(outcome(reply) instanceof Outcome.Found(JsonNode list))
                    || !list.path("items").isArray() && !list.path("items").isNull()) {
                return Optional.empty();
            }
            list.path("items").forEach(all::add);
            next = list.path("metadata").path("continue").asText("");
            if (next.isEmpty()) {
                return Optional.of(new Listing(
                        list.path("metadata").path("resourceVersion").asText(""), all));
            }
        }
        return Optional.empty();
    }

    public Outcome read(String namespace, String name) {
        return outcome(client.exchange(ApiCall.Request.get(path(namespace, name))));
    }

    /** @param patch a merge patch (RFC 7386); with a resourceVersion in its metadata it is for that version only */
    public Outcome patch(String namespace, String name, ObjectNode patch) {
        byte[] body = patch.toString().getBytes(StandardCharsets.UTF_8);
        return outcome(
                client.exchange(new ApiCall.Request(HttpMethod.PATCH, path(namespace, name), Optional.of(body))));
    }

    private static String path(String namespace, String name) {
        return "/api/v1/namespaces/" + namespace + "/services/" + name;
    }

    private static Outcome outcome(ApiReply reply) {
        return switch (reply) {
            case ApiReply.Failed failed -> new Outcome.Unanswered(failed.detail());
            case ApiReply.Answered answered ->
                switch (answered.status()) {
                    case 200, 201 -> found(answered);
                    case 404 -> new Outcome.Missing();
                    case 409 -> new Outcome.Conflict();
                    default ->
                        FOR_GOOD.contains(answered.status())
                                ? new Outcome.Denied(answered.text())
                                : new Outcome.Unanswered(answered.text());
                };
        };
    }

    private static Outcome found(ApiReply.Answered answered) {
        JsonNode tree = LeaseJson.tree(answered.body());
        return tree == null || !tree.isObject()
                ? new Outcome.Unanswered(answered.from() + " answers what is no object")
                : new Outcome.Found(tree);
    }
}
