package io.vipkeeper.kubernetes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Services, one request at a time; each call blocks for its bound at most. Safe for any thread. */
public final class ServiceApi {
    private static final int PAGE = 500;
    private static final int PAGES = 200;

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
        return new PagedList(client, "/api/v1/services", PAGE, PAGES).read(all::add, () -> false)
                        instanceof PagedList.Outcome.Whole(String version)
                ? Optional.of(new Listing(version, all))
                : Optional.empty();
    }

    public Outcome read(String namespace, String name) {
        return outcome(client.exchange(ApiCall.Request.get(path(namespace, name))));
    }

    /** @param patch a merge patch (RFC 7386); with a resourceVersion in its metadata it is for that version only */
    public Outcome patch(String namespace, String name, ObjectNode patch) {
        return outcome(client.exchange(ApiCall.Request.patch(path(namespace, name), patch)));
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
