package io.vipkeeper.kubernetes;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vipkeeper.lease.ElectorId;
import io.vipkeeper.lease.LeaseDraft;
import io.vipkeeper.lease.LeaseRecord;

/**
 * Reads and writes a Lease as a tree, so that what is not ours stays as it was. A member of the wrong JSON type makes
 * the whole answer nonsense; a value that is only absurd passes, for the election to judge.
 */
final class LeaseJson {
    private static final String API_VERSION = "coordination.k8s.io/v1";

    /** client-go's MicroTime. */
    private static final DateTimeFormatter MICRO_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    sealed interface Parsed {
        record Lease(LeaseRecord record, ObjectNode object) implements Parsed {}

        record Nonsense(String why) implements Parsed {}
    }

    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String why) {
            super(why, null, false, false);
        }
    }

    private LeaseJson() {}

    /** A moment as Kubernetes writes it where microseconds count. */
    static String time(Instant moment) {
        return MICRO_TIME.format(moment);
    }

    /** The tree of anything; null when it is no JSON. */
    static JsonNode tree(byte[] body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** The message of a {@code Status}, as one line; the text of anything else is nobody's sentence. */
    static String message(byte[] body) {
        JsonNode tree = tree(body);
        return tree == null ? "" : OneLine.of(tree.path("message").asText(""));
    }

    static Parsed parse(LeaseName name, byte[] body) {
        JsonNode tree = tree(body);
        return tree == null ? new Parsed.Nonsense("not JSON, or broken off") : parse(name, tree);
    }

    /** @param tree need not have a kind: items of a list have none */
    static Parsed parse(LeaseName name, JsonNode tree) {
        return parse(name.name(), tree);
    }

    static Parsed parse(String name, JsonNode tree) {
        try {
            if (!(tree instanceof ObjectNode object)) {
                throw new Unreadable("not an object");
            }
            String kind = text(object, "kind");
            if (!kind.isEmpty() && !kind.equals("Lease")) {
                throw new Unreadable("a " + OneLine.of(kind) + " and not a Lease");
            }
            JsonNode metadata = object(object, "metadata");
            if (!text(metadata, "name").equals(name)) {
                throw new Unreadable("a Lease of another name");
            }
            String version = text(metadata, "resourceVersion");
            if (version.isEmpty()) {
                throw new Unreadable("a Lease without resourceVersion");
            }
            JsonNode spec = object(object, "spec");
            LeaseRecord lease = new LeaseRecord(
                    version,
                    text(spec, "holderIdentity"),
                    number(spec, "leaseDurationSeconds"),
                    number(spec, "leaseTransitions"),
                    text(spec, "acquireTime"),
                    text(spec, "renewTime"),
                    annotations(metadata));
            return new Parsed.Lease(lease, object);
        } catch (Unreadable e) {
            return new Parsed.Nonsense(e.getMessage());
        }
    }

    /** A new Lease, as a POST has it. */
    static byte[] created(LeaseName name, Map<String, String> labels, LeaseDraft draft, Instant now) {
        return written(object(name), labels, draft, now, "");
    }

    /** {@code base} with the draft and the labels in it, as a PUT has it; {@code base} itself stays. */
    static byte[] replaced(
            ObjectNode base, LeaseRecord record, Map<String, String> labels, LeaseDraft draft, Instant now) {
        ObjectNode object = base.deepCopy();
        object.put("apiVersion", API_VERSION).put("kind", "Lease");
        object.withObject("/metadata").put("resourceVersion", record.resourceVersion());
        return written(object, labels, draft, now, record.acquireTime());
    }

    private static ObjectNode object(LeaseName name) {
        ObjectNode object = MAPPER.createObjectNode();
        object.put("apiVersion", API_VERSION).put("kind", "Lease");
        object.withObject("/metadata").put("name", name.name()).put("namespace", name.namespace());
        return object;
    }

    /** What a DELETE says, so that it deletes this version and no other. */
    static byte[] deleted(LeaseRecord record) {
        ObjectNode options = MAPPER.createObjectNode();
        options.put("apiVersion", "v1").put("kind", "DeleteOptions");
        options.withObject("/preconditions").put("resourceVersion", record.resourceVersion());
        return bytes(options);
    }

    private static byte[] written(
            ObjectNode object, Map<String, String> labels, LeaseDraft draft, Instant now, String acquired) {
        ObjectNode spec = member(object, "spec");
        String time = time(now);
        spec.put("holderIdentity", draft.holderIdentity());
        spec.put("leaseDurationSeconds", Math.max(1, draft.leaseDurationSeconds()));
        spec.put("leaseTransitions", Math.max(0, draft.leaseTransitions()));
        spec.put("renewTime", time);
        if (draft.acquires()) {
            spec.put("acquireTime", time);
        } else if (!acquired.isEmpty()) {
            spec.put("acquireTime", acquired);
        }
        if (!draft.annotations().isEmpty()) {
            ObjectNode annotations = member(member(object, "metadata"), "annotations");
            draft.annotations().forEach(annotations::put);
            annotations.put(ElectorId.RENEWED, time);
        }
        if (!labels.isEmpty()) {
            labels.forEach(member(member(object, "metadata"), "labels")::put);
        }
        return bytes(object);
    }

    /** The member, made an empty object if it is none. */
    private static ObjectNode member(ObjectNode parent, String name) {
        return parent.get(name) instanceof ObjectNode object ? object : parent.putObject(name);
    }

    private static byte[] bytes(ObjectNode object) {
        try {
            return MAPPER.writeValueAsBytes(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode object(JsonNode parent, String member) throws Unreadable {
        JsonNode node = parent.path(member);
        if (node.isObject() || node.isNull() || node.isMissingNode()) {
            return node;
        }
        throw new Unreadable(member + " is not an object");
    }

    private static String text(JsonNode parent, String member) throws Unreadable {
        JsonNode node = parent.path(member);
        if (node.isNull() || node.isMissingNode()) {
            return "";
        }
        if (!node.isTextual()) {
            throw new Unreadable(member + " is not text");
        }
        return node.textValue();
    }

    /** Numbers beyond an int become its nearest end. */
    private static int number(JsonNode parent, String member) throws Unreadable {
        JsonNode node = parent.path(member);
        if (node.isNull() || node.isMissingNode()) {
            return 0;
        }
        if (!node.isNumber()) {
            throw new Unreadable(member + " is not a number");
        }
        return (int) node.doubleValue();
    }

    private static Map<String, String> annotations(JsonNode metadata) throws Unreadable {
        Map<String, String> all = new LinkedHashMap<>();
        for (var entry : object(metadata, "annotations").properties()) {
            if (!entry.getValue().isNull()) {
                if (!entry.getValue().isTextual()) {
                    throw new Unreadable("an annotation is not text");
                }
                all.put(entry.getKey(), entry.getValue().textValue());
            }
        }
        return all;
    }
}
