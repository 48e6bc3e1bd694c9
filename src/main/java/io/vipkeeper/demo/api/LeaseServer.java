package io.vipkeeper.demo.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A Lease API in memory over plain HTTP/1.1, for the demonstration: Leases in any namespace with create, read, list,
 * replace, delete and watch, an empty list of nodes, {@code /livez}, {@code /readyz} and {@code /version}. Bounded in
 * objects, body size, watches and history. There is no authentication, which is why it listens on loopback and on the
 * lab's own documentation network only.
 */
public final class LeaseServer implements AutoCloseable {
    static final int LARGEST_BODY = 64 * 1024;

    static final JsonMapper JSON = new JsonMapper();

    // No namespace can have this name: a watch of nodes is served, and never has anything to tell.
    private static final String NOWHERE = "-";

    private static final Pattern LEASES = Pattern.compile(
            "/apis/coordination\\.k8s\\.io/v1(?:/namespaces/([a-z0-9.-]{1,253}))?/leases(?:/([a-z0-9.-]{1,253}))?");

    private final LeaseBook book = new LeaseBook();
    private final LeaseWatches watches = new LeaseWatches(book);
    private final HttpServer http;

    private LeaseServer(HttpServer http) {
        this.http = http;
    }

    /** @throws IOException if the address is neither loopback nor the lab's, or is taken */
    public static LeaseServer start(InetSocketAddress address) throws IOException {
        if (!allowed(address.getAddress())) {
            throw new IOException(
                    address.getAddress().getHostAddress() + " is neither loopback nor in the lab's 198.51.100.0/24");
        }
        LeaseServer server = new LeaseServer(HttpServer.create(address, 64));
        server.http.createContext("/", server::handle);
        server.http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.http.start();
        return server;
    }

    public InetSocketAddress address() {
        return http.getAddress();
    }

    @Override
    public void close() {
        http.stop(0);
    }

    static boolean allowed(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address.isLoopbackAddress()
                || bytes.length == 4 && bytes[0] == (byte) 198 && bytes[1] == 51 && bytes[2] == 100;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Matcher leases = LEASES.matcher(path);
            if (leases.matches()) {
                leases(exchange, leases.group(1), leases.group(2));
            } else {
                other(exchange, path);
            }
        }
    }

    private void other(HttpExchange exchange, String path) throws IOException {
        switch (path) {
            case "/livez", "/readyz", "/healthz" -> send(exchange, 200, "text/plain", "ok");
            case "/version" -> send(exchange, 200, "application/json", """
                    {"major":"1","minor":"33","gitVersion":"v1.33.0-vipkeeper-demo"}""");
            case "/api/v1/nodes" -> nodes(exchange);
            default -> refuse(exchange, 404, "NotFound", "the demo's server has no " + path);
        }
    }

    private void nodes(HttpExchange exchange) throws IOException {
        if (Query.of(exchange).watch()) {
            watches.serve(exchange, NOWHERE, null);
            return;
        }
        send(
                exchange,
                200,
                "application/json",
                list("v1", "NodeList", List.of()).toString());
    }

    private void leases(HttpExchange exchange, String namespace, String name) throws IOException {
        String method = exchange.getRequestMethod();
        if (method.equals("GET")) {
            get(exchange, namespace, name);
        } else if (namespace == null) {
            refuse(exchange, 405, "MethodNotAllowed", method + " needs a namespace");
        } else if (method.equals("DELETE") && name != null) {
            answer(exchange, 200, book.delete(namespace, name));
        } else if (method.equals("POST") && name == null) {
            write(exchange, namespace, null);
        } else if (method.equals("PUT") && name != null) {
            write(exchange, namespace, name);
        } else {
            refuse(exchange, 405, "MethodNotAllowed", "the demo's server does not " + method + " here");
        }
    }

    private void get(HttpExchange exchange, String namespace, String name) throws IOException {
        Query query = Query.of(exchange);
        if (query.watch()) {
            watches.serve(exchange, namespace, name != null ? name : query.fieldName());
        } else if (name == null) {
            List<ObjectNode> found = book.list(namespace).stream()
                    .filter(lease -> query.fieldName() == null
                            || lease.at("/metadata/name").asText().equals(query.fieldName()))
                    .toList();
            send(
                    exchange,
                    200,
                    "application/json",
                    list("coordination.k8s.io/v1", "LeaseList", found).toString());
        } else {
            answer(
                    exchange,
                    200,
                    book.read(namespace, name)
                            .<LeaseBook.Written>map(LeaseBook.Written.Done::new)
                            .orElse(new LeaseBook.Written.Refused(
                                    404, "NotFound", "leases.coordination.k8s.io \"" + name + "\" not found")));
        }
    }

    private ObjectNode list(String apiVersion, String kind, List<ObjectNode> items) {
        ObjectNode list = JSON.createObjectNode().put("apiVersion", apiVersion).put("kind", kind);
        list.putObject("metadata").put("resourceVersion", Long.toString(book.version()));
        list.putArray("items").addAll(items);
        return list;
    }

    private void write(HttpExchange exchange, String namespace, String name) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            refuse(exchange, 413, "RequestEntityTooLarge", "a lease has at most " + LARGEST_BODY + " bytes here");
            return;
        }
        if (!(parse(body) instanceof ObjectNode lease)
                || !lease.path("metadata").isObject()) {
            refuse(exchange, 400, "BadRequest", "the body is not a Lease in JSON");
            return;
        }
        String inBody = lease.at("/metadata/name").asText("");
        if (inBody.isEmpty() || name != null && !inBody.equals(name)) {
            refuse(exchange, 400, "BadRequest", "metadata.name is missing or is not the name in the path");
        } else if (lease.path("spec").path("leaseDurationSeconds").asInt(1) <= 0) {
            refuse(exchange, 422, "Invalid", "spec.leaseDurationSeconds: must be greater than 0");
        } else if (name == null) {
            String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
            answer(exchange, 201, book.create(namespace, inBody, lease, now));
        } else if (Query.of(exchange).dryRun()) {
            get(exchange, namespace, name);
        } else {
            answer(exchange, 200, book.replace(namespace, name, lease));
        }
    }

    private static JsonNode parse(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.nullNode();
        }
    }

    private static void answer(HttpExchange exchange, int code, LeaseBook.Written written) throws IOException {
        switch (written) {
            case LeaseBook.Written.Done done ->
                send(exchange, code, "application/json", done.lease().toString());
            case LeaseBook.Written.Refused refused ->
                refuse(exchange, refused.code(), refused.reason(), refused.message());
        }
    }

    static ObjectNode status(int code, String reason, String message) {
        return JSON.createObjectNode()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("message", message)
                .put("reason", reason)
                .put("code", code);
    }

    static void refuse(HttpExchange exchange, int code, String reason, String message) throws IOException {
        send(exchange, code, "application/json", status(code, reason, message).toString());
    }

    private static void send(HttpExchange exchange, int code, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
