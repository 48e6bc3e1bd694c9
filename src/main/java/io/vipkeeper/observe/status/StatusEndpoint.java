package io.vipkeeper.observe.status;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** /q/status, beside /metrics and /q/health: the status document, or 503 until there is one. */
@Singleton
public final class StatusEndpoint {
    private static final String NOTHING_YET = "{\"problem\":\"not started yet\"}";

    private final AtomicReference<Optional<StatusDocument>> shown = new AtomicReference<>(Optional.empty());

    /** The keeper runs from now on. */
    public void show(StatusDocument document) {
        shown.set(Optional.of(document));
    }

    void join(@Observes Router router) {
        router.route("/q/status").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::answer);
    }

    /** On an event loop: only reads what is there. */
    private void answer(RoutingContext context) {
        HttpServerResponse response =
                context.response().putHeader("content-type", "application/json").putHeader("cache-control", "no-store");
        Optional<ObjectNode> json = shown.get().flatMap(StatusDocument::json);
        response.setStatusCode(json.isPresent() ? 200 : 503);
        if (context.request().method() == HttpMethod.HEAD) {
            response.end();
        } else {
            response.end(json.map(ObjectNode::toPrettyString).orElse(NOTHING_YET) + "\n");
        }
    }
}
