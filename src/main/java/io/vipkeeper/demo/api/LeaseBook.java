package io.vipkeeper.demo.api;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Leases in memory with the API server's rules of concurrency: one counter of versions for all, an update with an old
 * version refused, and a bounded history for watches. Thread-safe.
 */
final class LeaseBook {
    static final int MOST_LEASES = 256;
    static final int LONGEST_HISTORY = 1024;

    /** One line of a watch; {@code version} is the counter when it happened. */
    record Change(long version, String type, String namespace, String name, ObjectNode lease) {}

    /** The answer to a writing request: the object as stored, or a refusal with the status code and reason. */
    sealed interface Written {
        record Done(ObjectNode lease) implements Written {}

        record Refused(int code, String reason, String message) implements Written {}
    }

    private record Key(String namespace, String name) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int order = namespace.compareTo(other.namespace);
            return order != 0 ? order : name.compareTo(other.name);
        }
    }

    private final TreeMap<Key, ObjectNode> leases = new TreeMap<>();
    private final Deque<Change> history = new ArrayDeque<>();
    private long version = 1;
    private long forgotten = 1;

    synchronized long version() {
        return version;
    }

    synchronized Optional<ObjectNode> read(String namespace, String name) {
        return Optional.ofNullable(leases.get(new Key(namespace, name))).map(ObjectNode::deepCopy);
    }

    /** @param namespace all namespaces if null */
    synchronized List<ObjectNode> list(String namespace) {
        List<ObjectNode> found = new ArrayList<>();
        leases.forEach((key, lease) -> {
            if (namespace == null || key.namespace.equals(namespace)) {
                found.add(lease.deepCopy());
            }
        });
        return found;
    }

    synchronized Written create(String namespace, String name, ObjectNode lease, String now) {
        Key key = new Key(namespace, name);
        if (leases.containsKey(key)) {
            return new Written.Refused(409, "AlreadyExists", quoted(name) + " already exists");
        }
        if (leases.size() >= MOST_LEASES) {
            return new Written.Refused(403, "Forbidden", "this server keeps at most " + MOST_LEASES + " leases");
        }
        ObjectNode metadata = lease.withObjectProperty("metadata");
        metadata.put("uid", UUID.randomUUID().toString());
        metadata.put("creationTimestamp", now);
        return store(key, lease, "ADDED");
    }

    /** A body without a version is refused, as the real API does for Leases. */
    synchronized Written replace(String namespace, String name, ObjectNode lease) {
        Key key = new Key(namespace, name);
        ObjectNode old = leases.get(key);
        if (old == null) {
            return new Written.Refused(404, "NotFound", quoted(name) + " not found");
        }
        ObjectNode metadata = lease.withObjectProperty("metadata");
        String expected = metadata.path("resourceVersion").asText("");
        if (expected.isEmpty()) {
            return new Written.Refused(
                    422,
                    "Invalid",
                    quoted(name) + " is invalid: metadata.resourceVersion: must be specified for an update");
        }
        if (!expected.equals(old.at("/metadata/resourceVersion").asText())) {
            return conflict(name, "the object has been modified; please apply your changes to the latest version");
        }
        String uid = metadata.path("uid").asText("");
        if (!uid.isEmpty() && !uid.equals(old.at("/metadata/uid").asText())) {
            return conflict(name, "the UID in the request is not the UID of the stored object");
        }
        metadata.set("uid", old.at("/metadata/uid"));
        metadata.set("creationTimestamp", old.at("/metadata/creationTimestamp"));
        return store(key, lease, "MODIFIED");
    }

    synchronized Written delete(String namespace, String name) {
        Key key = new Key(namespace, name);
        ObjectNode old = leases.remove(key);
        if (old == null) {
            return new Written.Refused(404, "NotFound", quoted(name) + " not found");
        }
        remember(key, old, "DELETED");
        return new Written.Done(old);
    }

    private Written store(Key key, ObjectNode lease, String type) {
        lease.put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
        lease.withObjectProperty("metadata").put("name", key.name).put("namespace", key.namespace);
        leases.put(key, lease);
        remember(key, lease, type);
        return new Written.Done(lease.deepCopy());
    }

    private void remember(Key key, ObjectNode lease, String type) {
        version++;
        lease.withObjectProperty("metadata").put("resourceVersion", Long.toString(version));
        history.addLast(new Change(version, type, key.namespace, key.name, lease.deepCopy()));
        if (history.size() > LONGEST_HISTORY) {
            forgotten = history.removeFirst().version();
        }
        notifyAll();
    }

    /** Whether a watch that starts after this version can be told everything since. */
    synchronized boolean remembers(long since) {
        return since >= forgotten;
    }

    /**
     * Waits for changes after a version.
     *
     * @return what has happened since, oldest first; empty after the time is up
     */
    synchronized List<Change> await(long since, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (version <= since) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return List.of();
            }
            wait(left);
        }
        return history.stream().filter(change -> change.version() > since).toList();
    }

    private static Written conflict(String name, String why) {
        return new Written.Refused(409, "Conflict", "Operation cannot be fulfilled on " + quoted(name) + ": " + why);
    }

    private static String quoted(String name) {
        return "leases.coordination.k8s.io \"" + name + "\"";
    }
}
