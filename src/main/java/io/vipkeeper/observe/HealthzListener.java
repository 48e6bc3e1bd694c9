package io.vipkeeper.observe;

import java.util.function.Consumer;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

/**
 * kube-vip's /healthz on a port of its own. There it always says OK; here it says OK with 200 while the pipeline turns,
 * and 503 when it does not.
 */
public final class HealthzListener {
    private static final int IDLE_SECONDS = 10;

    private final Vertx vertx;
    private final Liveness liveness;

    public HealthzListener(Vertx vertx, KeeperView view) {
        this.vertx = vertx;
        this.liveness = new Liveness(view);
    }

    /**
     * Listens on every address of the host, until the program ends; returns at once.
     *
     * @param listening told the port, on an event loop
     * @param refused told why not, on an event loop
     */
    public void listen(int port, Consumer<Integer> listening, Consumer<Throwable> refused) {
        vertx.createHttpServer(new HttpServerOptions().setIdleTimeout(IDLE_SECONDS))
                .requestHandler(this::answer)
                .listen(port, "0.0.0.0")
                .onSuccess(server -> listening.accept(server.actualPort()))
                .onFailure(refused::accept);
    }

    private void answer(HttpServerRequest request) {
        if (!request.path().equals("/healthz")) {
            request.response().setStatusCode(404).end();
        } else if (liveness.isLive()) {
            request.response().end("OK");
        } else {
            request.response()
                    .setStatusCode(503)
                    .end("no step for " + liveness.still().toMillis() + " ms\n");
        }
    }
}
