package io.vipkeeper.kubernetes;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;

/** One HTTP exchange that can be given up at any point; everything happens on the context's event loop. */
final class ApiCall {

    /**
     * Told on the event loop, and nothing more after {@link #cancel} took effect or after the end; of a client that was
     * closed on the thread that asks.
     */
    interface Sink {
        void head(int status);

        void chunk(Buffer bytes);

        void end();

        void failed(Throwable why);
    }

    /** @param body empty for none */
    record Request(HttpMethod method, String uri, Optional<byte[]> body) {
        static Request get(String uri) {
            return new Request(HttpMethod.GET, uri, Optional.empty());
        }

        /** @param patch a JSON merge patch (RFC 7386) */
        static Request patch(String uri, JsonNode patch) {
            return new Request(
                    HttpMethod.PATCH, uri, Optional.of(patch.toString().getBytes(StandardCharsets.UTF_8)));
        }
    }

    private final Context context;
    private final Sink sink;
    private HttpClientRequest running;
    private boolean over;

    private ApiCall(Context context, Sink sink) {
        this.context = context;
        this.sink = sink;
    }

    /** Starts the exchange and returns at once. */
    static ApiCall start(Context context, HttpClient http, Access.Ready access, Request request, Sink sink) {
        ApiCall call = new ApiCall(context, sink);
        call.run(() -> {
            try {
                http.request(options(access, request))
                        .onSuccess(ready -> call.send(ready, request))
                        .onFailure(call::fail);
            } catch (RuntimeException e) {
                call.fail(e);
            }
        });
        return call;
    }

    /** Gives the exchange up and closes its connection; from any thread, without waiting. */
    void cancel() {
        run(() -> {
            over = true;
            if (running != null) {
                running.reset();
            }
        });
    }

    private void run(Runnable onLoop) {
        try {
            context.runOnContext(ignored -> onLoop.run());
        } catch (RejectedExecutionException e) {
            sink.failed(new IllegalStateException("the client is closed", e));
        }
    }

    private static RequestOptions options(Access.Ready access, Request request) {
        ApiServer server = access.server();
        RequestOptions options = new RequestOptions()
                .setMethod(request.method())
                .setServer(SocketAddress.inetSocketAddress(
                        server.port(), server.address().getHostAddress()))
                .setHost(server.name())
                .setPort(server.port())
                .setSsl(server.tls())
                .setURI(server.path() + request.uri())
                .putHeader(HttpHeaders.ACCEPT, "application/json")
                .putHeader(HttpHeaders.USER_AGENT, "vipkeeper");
        if (!access.credentials().authorization().isEmpty()) {
            options.putHeader(HttpHeaders.AUTHORIZATION, access.credentials().authorization());
        }
        if (request.body().isPresent()) {
            options.putHeader(
                    HttpHeaders.CONTENT_TYPE,
                    request.method() == HttpMethod.PATCH ? "application/merge-patch+json" : "application/json");
        }
        return options;
    }

    private void send(HttpClientRequest ready, Request request) {
        running = ready;
        if (over) {
            ready.reset();
            return;
        }
        ready.exceptionHandler(this::fail);
        var sent = request.body().isPresent()
                ? ready.send(Buffer.buffer(request.body().get()))
                : ready.send();
        sent.onSuccess(this::receive).onFailure(this::fail);
    }

    private void receive(HttpClientResponse response) {
        if (over) {
            return;
        }
        response.exceptionHandler(this::fail);
        response.handler(bytes -> {
            if (!over) {
                sink.chunk(bytes);
            }
        });
        response.endHandler(ignored -> {
            if (!over) {
                over = true;
                sink.end();
            }
        });
        sink.head(response.statusCode());
    }

    private void fail(Throwable why) {
        if (!over) {
            over = true;
            sink.failed(why);
        }
    }
}
