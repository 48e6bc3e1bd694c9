package io.vipkeeper.observe;

import java.util.concurrent.TimeUnit;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

/** Routes as a client meets them. */
public final class Served {
    private Served() {}

    /** Listens on the loopback address until {@code vertx} is closed; returns the port. */
    public static int on(Vertx vertx, Router router) throws Exception {
        return vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
    }
}
