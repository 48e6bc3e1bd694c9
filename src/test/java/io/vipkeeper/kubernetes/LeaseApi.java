package io.vipkeeper.kubernetes;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The Leases of one namespace as an API server keeps them: versions, conflicts, label selectors, watches. */
public final class LeaseApi implements StandIn.Script {
    private final Map<String, ObjectNode> leases = new TreeMap<>();
    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private long version = 100;
    private volatile boolean broken;

    private record Watch(String selector, BlockingQueue<String> events) {}

    /** From now on every answer is 500, or no longer. */
    public void breakDown(boolean broken) {
        this.broken = broken;
    }

    /** What there is, or null. */
    public synchronized JsonNode lease(String name) {
        ObjectNode lease = leases.get(name);
        return lease == null ? null : lease.deepCopy();
    }

    /** How many there are. */
    public synchronized int size() {
        return leases.size();
    }

    /** Somebody else's write, whatever is there. */
    public synchronized void put(String lease) {
        ObjectNode object = (ObjectNode) LeaseJson.tree(lease.getBytes(StandardCharsets.UTF_8));
        store(object);
    }

    /** Somebody else's deletion. */
    public synchronized void delete(String name) {
        ObjectNode gone = leases.remove(name);
        gone.withObject("/metadata").put("resourceVersion", String.valueOf(++version));
        tell("DELETED", gone, gone);
    }

    @Override
    public void answer(StandIn.Request request, StandIn.Answer answer) throws IOException, InterruptedException {
        if (broken) {
            answer.status(500, "InternalError", "etcd is away");
            return;
        }
        URI uri = URI.create(request.target());
        String name = uri.getPath().replaceFirst(".*/leases/?", "");
        String selector = parameter(uri, "labelSelector");
        if ("true".equals(parameter(uri, "watch"))) {
            watch(selector, parameter(uri, "resourceVersion"), answer);
            return;
        }
        JsonNode body =
                request.body().isEmpty() ? null : LeaseJson.tree(request.body().getBytes(StandardCharsets.UTF_8));
        synchronized (this) {
            switch (request.method()) {
                case "POST" -> create((ObjectNode) body, answer);
                case "PUT" -> replace(name, (ObjectNode) body, answer);
                case "DELETE" -> delete(name, body, answer);
                default -> {
                    if (name.isEmpty()) {
                        answer.json(200, list(selector));
                    } else if (leases.containsKey(name)) {
                        answer.json(200, leases.get(name).toString());
                    } else {
                        answer.status(404, "NotFound", "no such Lease");
                    }
                }
            }
        }
    }

    private void create(ObjectNode body, StandIn.Answer answer) throws IOException {
        String name = body.path("metadata").path("name").asText();
        if (leases.containsKey(name)) {
            answer.status(409, "AlreadyExists", "there is one");
        } else {
            answer.json(201, store(body).toString());
        }
    }

    private void replace(String name, ObjectNode body, StandIn.Answer answer) throws IOException {
        if (!leases.containsKey(name) || !version(leases.get(name)).equals(version(body))) {
            answer.status(409, "Conflict", "another version");
        } else {
            answer.json(200, store(body).toString());
        }
    }

    private void delete(String name, JsonNode body, StandIn.Answer answer) throws IOException {
        if (!leases.containsKey(name)) {
            answer.status(404, "NotFound", "no such Lease");
        } else if (!body.path("preconditions").path("resourceVersion").asText().equals(version(leases.get(name)))) {
            answer.status(409, "Conflict", "another version");
        } else {
            delete(name);
            answer.json(200, "{\"kind\":\"Status\",\"status\":\"Success\"}");
        }
    }

    private ObjectNode store(ObjectNode object) {
        object.withObject("/metadata").put("resourceVersion", String.valueOf(++version));
        ObjectNode before = leases.put(object.path("metadata").path("name").asText(), object);
        tell(before == null ? "ADDED" : "MODIFIED", before, object);
        return object;
    }

    private String list(String selector) {
        return "{\"kind\":\"LeaseList\",\"metadata\":{\"resourceVersion\":\"%d\"},\"items\":[%s]}"
                .formatted(
                        version,
                        leases.values().stream()
                                .filter(lease -> matches(selector, lease))
                                .map(Object::toString)
                                .collect(Collectors.joining(",")));
    }

    private void tell(String type, ObjectNode before, ObjectNode now) {
        for (Watch watch : watches) {
            boolean was = before != null && matches(watch.selector, before);
            boolean is = matches(watch.selector, now) && !type.equals("DELETED");
            if (was || is) {
                watch.events.add(event(is ? was ? "MODIFIED" : "ADDED" : "DELETED", now));
            }
        }
    }

    private static String event(String type, ObjectNode object) {
        ObjectNode event = JsonNodeFactory.instance.objectNode().put("type", type);
        event.set("object", object.deepCopy());
        return event.toString();
    }

    /** Begins with what came after the version, as far as that is still there. */
    private void watch(String selector, String since, StandIn.Answer answer) throws IOException, InterruptedException {
        Watch watch = new Watch(selector, new LinkedBlockingQueue<>());
        synchronized (this) {
            new ArrayList<>(leases.values())
                    .stream()
                            .filter(lease ->
                                    matches(selector, lease) && Long.parseLong(version(lease)) > Long.parseLong(since))
                            .forEach(lease -> watch.events.add(event("MODIFIED", lease)));
            watches.add(watch);
        }
        try {
            answer.streamHead();
            while (answer.closed().getCount() > 0) {
                String event = watch.events.poll(20, TimeUnit.MILLISECONDS);
                if (broken) {
                    answer.streamEnd();
                    return;
                }
                if (event != null) {
                    answer.streamLine(event);
                }
            }
        } finally {
            watches.remove(watch);
        }
    }

    private static String version(JsonNode lease) {
        return lease.path("metadata").path("resourceVersion").asText();
    }

    private static boolean matches(String selector, JsonNode lease) {
        for (String term : selector.split(",")) {
            String[] sides = term.split("=", 2);
            if (!term.isEmpty()
                    && !lease.path("metadata")
                            .path("labels")
                            .path(sides[0])
                            .asText("")
                            .equals(sides[1])) {
                return false;
            }
        }
        return true;
    }

    private static String parameter(URI uri, String name) {
        for (String pair : (uri.getRawQuery() == null ? "" : uri.getRawQuery()).split("&")) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        return "";
    }
}
