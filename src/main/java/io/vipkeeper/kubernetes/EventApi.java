package io.vipkeeper.kubernetes;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;

import io.vipkeeper.lease.ApiFailure;

/**
 * Events of {@code events.k8s.io/v1}, which {@code kubectl describe} shows below the object that they are about. Each
 * call blocks for one request of the client at most. Safe for any thread.
 */
public final class EventApi {
    /** Where the Events are that are about an object without a namespace, as client-go's recorder has it. */
    public static final String CLUSTER_NAMESPACE = "default";

    private static final String GROUP = "events.k8s.io/v1";

    /** The API server's bounds of a note, and of the other texts. */
    private static final int LONGEST_NOTE = 1024;

    private static final int LONGEST_TEXT = 128;

    private final ElectionClient client;
    private final String node;

    /**
     * The object that an Event is about.
     *
     * @param namespace empty for one that has none, like a Node: its Events are in {@link #CLUSTER_NAMESPACE}
     * @param uid may be empty; {@code kubectl describe} looks for it
     */
    public record Subject(String apiVersion, String kind, String namespace, String name, String uid) {
        String home() {
            return namespace.isEmpty() ? CLUSTER_NAMESPACE : namespace;
        }
    }

    /** @param warning whether people should look at it */
    public record Text(boolean warning, String reason, String action, String note) {}

    /** What became of a request. */
    public sealed interface Outcome {
        /** The Event is there. */
        record Done() implements Outcome {}

        /** There is no such Event, or nothing of that kind. */
        record Missing() implements Outcome {}

        /** The server does not want it; @param detail one line for people, without secrets */
        record Refused(boolean forbidden, String detail) implements Outcome {}

        /** Nobody knows; to be tried again. */
        record Unanswered() implements Outcome {}
    }

    /** @param node who says it */
    public EventApi(ElectionClient client, String node) {
        this.client = client;
        this.node = node;
    }

    /**
     * Writes an Event; one of that name that exists already counts as this one.
     *
     * @param name unique in the namespace
     */
    public Outcome create(String name, Subject subject, Text text, Instant at) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("apiVersion", GROUP).put("kind", "Event");
        event.putObject("metadata").put("name", name).put("namespace", subject.home());
        event.put("eventTime", LeaseJson.time(at))
                .put("reportingController", "vipkeeper")
                .put("reportingInstance", shortened(node, LONGEST_TEXT))
                .put("type", text.warning() ? "Warning" : "Normal")
                .put("reason", shortened(text.reason(), LONGEST_TEXT))
                .put("action", shortened(text.action(), LONGEST_TEXT))
                .put("note", shortened(text.note(), LONGEST_NOTE));
        ObjectNode regarding = event.putObject("regarding")
                .put("apiVersion", subject.apiVersion())
                .put("kind", subject.kind())
                .put("name", subject.name());
        if (!subject.namespace().isEmpty()) {
            regarding.put("namespace", subject.namespace());
        }
        if (!subject.uid().isEmpty()) {
            regarding.put("uid", subject.uid());
        }
        return ask(HttpMethod.POST, events(subject), event);
    }

    /**
     * Says of an Event that the same has happened again.
     *
     * @param count how often altogether, at least 2
     */
    public Outcome count(String name, Subject subject, int count, Instant last) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("series").put("count", count).put("lastObservedTime", LeaseJson.time(last));
        return ask(HttpMethod.PATCH, events(subject) + "/" + name, patch);
    }

    private static String events(Subject subject) {
        return "/apis/" + GROUP + "/namespaces/" + subject.home() + "/events";
    }

    private Outcome ask(HttpMethod method, String uri, ObjectNode body) {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        return switch (client.exchange(new ApiCall.Request(method, uri, Optional.of(bytes)))) {
            case ApiReply.Failed failed -> new Outcome.Unanswered();
            case ApiReply.Answered answered ->
                switch (answered.status()) {
                    case 200, 201, 409 -> new Outcome.Done();
                    case 404 -> new Outcome.Missing();
                    default -> refused(answered);
                };
        };
    }

    private static Outcome refused(ApiReply.Answered answered) {
        ApiFailure cause = Failures.of(answered.status());
        boolean later = cause == ApiFailure.SERVER_ERROR || cause == ApiFailure.THROTTLED;
        return later ? new Outcome.Unanswered() : new Outcome.Refused(cause == ApiFailure.FORBIDDEN, answered.text());
    }

    /** Cut to so many bytes at most, whatever the characters. */
    private static String shortened(String text, int most) {
        String line = text.length() > most ? text.substring(0, most) : text;
        while (line.getBytes(StandardCharsets.UTF_8).length > most) {
            line = line.substring(0, line.length() - 1);
        }
        return line;
    }
}
