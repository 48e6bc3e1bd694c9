package io.vipkeeper.e2e.browser;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The DevTools protocol over a pipe: JSON messages, each ended by a zero byte. */
final class DevTools {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LIMIT_SECONDS = 60;

    private final OutputStream requests;
    private final Map<Integer, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private int last;

    DevTools(InputStream messages, OutputStream requests) {
        this.requests = requests;
        Thread.ofPlatform().daemon().name("devtools").start(() -> read(new BufferedInputStream(messages)));
    }

    /**
     * Asks and waits for the answer.
     *
     * @param session of a tab; empty for the browser itself
     */
    JsonNode call(String session, String method, Map<String, Object> params) {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        try {
            send(answer, session, method, params);
            JsonNode answered = answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (answered.has("error")) {
                throw new IllegalStateException(method + ": " + answered.path("error"));
            }
            return answered.path("result");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(method, e);
        } catch (IOException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(method + " was not answered", e);
        }
    }

    /** Everything that was not asked for, in the order of arrival. */
    List<JsonNode> events() {
        return events;
    }

    private synchronized void send(
            CompletableFuture<JsonNode> answer, String session, String method, Map<String, Object> params)
            throws IOException {
        int id = ++last;
        open.put(id, answer);
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", JSON.valueToTree(params));
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        requests.write(JSON.writeValueAsBytes(message));
        requests.write(0);
        requests.flush();
    }

    private void read(InputStream messages) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        try {
            for (int one = messages.read(); one >= 0; one = messages.read()) {
                if (one == 0) {
                    received(JSON.readTree(message.toString(StandardCharsets.UTF_8)));
                    message.reset();
                } else {
                    message.write(one);
                }
            }
        } catch (IOException e) {
            // The browser has ended; whoever still waits is told below.
        }
        open.values().forEach(answer -> answer.completeExceptionally(new IOException("the browser has ended")));
    }

    private void received(JsonNode message) {
        CompletableFuture<JsonNode> answer = open.remove(message.path("id").asInt(-1));
        if (answer == null) {
            events.add(message);
        } else {
            answer.complete(message);
        }
    }
}
