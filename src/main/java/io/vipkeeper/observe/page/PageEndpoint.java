package io.vipkeeper.observe.page;

import java.time.InstantSource;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.vipkeeper.observe.status.StatusDocument;

/** {@code /}, beside /metrics, /q/health and /q/status: the page for people. It can be read, and nothing else. */
@Singleton
public final class PageEndpoint {
    private static final String SECONDS_TO_WAIT = "5";

    private final Vertx vertx;
    private final Pages pages = new Pages(InstantSource.system());
    private final LiveFeed feed;

    PageEndpoint(Vertx vertx) {
        this.vertx = vertx;
        feed = new LiveFeed(vertx, pages);
    }

    /** The keeper runs from now on. */
    public void show(StatusDocument document) {
        pages.show(document);
    }

    LiveFeed feed() {
        return feed;
    }

    void join(@Observes Router router) {
        route(router, "/", this::page);
        route(router, "/page/events", this::events);
        file(router, "page.css", "text/css; charset=utf-8");
        file(router, "page.js", "text/javascript; charset=utf-8");
        file(router, "icon.svg", "image/svg+xml");
    }

    private static void file(Router router, String name, String type) {
        route(router, "/page/" + name, context -> {
            context.response().putHeader("content-type", type);
            end(context, Buffer.buffer(PageTemplate.resource(name)));
        });
    }

    private static void route(Router router, String path, Handler<RoutingContext> handler) {
        router.route(path).handler(context -> {
            PageHeaders.on(context.response());
            HttpMethod method = context.request().method();
            if (method == HttpMethod.GET || method == HttpMethod.HEAD) {
                handler.handle(context);
            } else {
                context.response()
                        .setStatusCode(405)
                        .putHeader("allow", "GET, HEAD")
                        .end();
            }
        });
    }

    private void page(RoutingContext context) {
        HttpServerResponse response = context.response().putHeader("content-type", "text/html; charset=utf-8");
        vertx.executeBlocking(pages::whole, false)
                .onSuccess(page -> {
                    response.setStatusCode(page.started() ? 200 : 503);
                    end(context, Buffer.buffer(page.html()));
                })
                .onFailure(context::fail);
    }

    /** To HEAD the same without its body: over HTTP/2 the server would send it. */
    private static void end(RoutingContext context, Buffer body) {
        HttpServerResponse response = context.response();
        if (context.request().method() == HttpMethod.HEAD) {
            response.putHeader("content-length", Integer.toString(body.length()))
                    .end();
        } else {
            response.end(body);
        }
    }

    private void events(RoutingContext context) {
        HttpServerResponse response = context.response().putHeader("content-type", "text/event-stream");
        if (context.request().method() == HttpMethod.HEAD) {
            response.end();
        } else if (feed.join(response.setChunked(true))) {
            response.write("retry: 2000\n\n");
        } else {
            response.setChunked(false)
                    .setStatusCode(503)
                    .putHeader("retry-after", SECONDS_TO_WAIT)
                    .end();
        }
    }
}
