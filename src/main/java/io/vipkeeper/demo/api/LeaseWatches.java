package io.vipkeeper.demo.api;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;

/** Serves watches as the API server does: one JSON object a line, until the asked time is up or the client is gone. */
final class LeaseWatches {
    static final int MOST = 64;

    private static final long LONGEST_SECONDS = 600;
    private static final long DEFAULT_SECONDS = 300;
    private static final long BOOKMARK_MILLIS = 10_000;

    private record Selection(String namespace, String name, boolean bookmarks) {}

    private final LeaseBook book;
    private final Semaphore free = new Semaphore(MOST);

    LeaseWatches(LeaseBook book) {
        this.book = book;
    }

    /** Blocks while the watch lasts. A null namespace or name matches all. */
    void serve(HttpExchange exchange, String namespace, String name) throws IOException {
        if ("websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"))) {
            // Clients that try a websocket first take this answer as "use plain HTTP".
            LeaseServer.refuse(exchange, 503, "ServiceUnavailable", "watches are served over plain HTTP");
            return;
        }
        if (!free.tryAcquire()) {
            LeaseServer.refuse(exchange, 429, "TooManyRequests", "this server serves " + MOST + " watches");
            return;
        }
        try {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            stream(exchange, namespace, name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            free.release();
        }
    }

    private void stream(HttpExchange exchange, String namespace, String name) throws IOException, InterruptedException {
        Query query = Query.of(exchange);
        OutputStream out = exchange.getResponseBody();
        out.flush();
        long seen = query.number("resourceVersion", 0);
        if (seen > 0 && !book.remembers(seen)) {
            write(out, "ERROR", LeaseServer.status(410, "Expired", "too old resource version: " + seen));
            return;
        }
        if (seen == 0) {
            seen = book.version();
            for (ObjectNode lease : book.list(namespace)) {
                if (matches(lease.at("/metadata/name").asText(), name)) {
                    write(out, "ADDED", lease);
                }
            }
        }
        long seconds = Math.clamp(query.number("timeoutSeconds", DEFAULT_SECONDS), 1, LONGEST_SECONDS);
        follow(
                out,
                new Selection(namespace, name, query.bookmarks()),
                seen,
                System.nanoTime() + seconds * 1_000_000_000);
    }

    private void follow(OutputStream out, Selection wanted, long from, long deadline)
            throws IOException, InterruptedException {
        long seen = from;
        for (long left = millisTo(deadline); left > 0; left = millisTo(deadline)) {
            var changes = book.await(seen, Math.min(left, BOOKMARK_MILLIS));
            if (!book.remembers(seen)) {
                write(out, "ERROR", LeaseServer.status(410, "Expired", "this watch fell behind"));
                return;
            }
            for (LeaseBook.Change change : changes) {
                seen = change.version();
                if (matches(change.namespace(), wanted.namespace()) && matches(change.name(), wanted.name())) {
                    write(out, change.type(), change.lease());
                }
            }
            if (changes.isEmpty() && wanted.bookmarks()) {
                write(out, "BOOKMARK", bookmark(seen)); // also finds out whether the client is still there
            }
        }
    }

    private static long millisTo(long deadline) {
        return (deadline - System.nanoTime()) / 1_000_000;
    }

    private static boolean matches(String actual, String wanted) {
        return wanted == null || wanted.equals(actual);
    }

    private static ObjectNode bookmark(long version) {
        ObjectNode lease = LeaseServer.JSON.createObjectNode();
        lease.put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
        lease.putObject("metadata").put("resourceVersion", Long.toString(version));
        return lease;
    }

    private static void write(OutputStream out, String type, ObjectNode object) throws IOException {
        ObjectNode line = LeaseServer.JSON.createObjectNode().put("type", type);
        line.set("object", object);
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
