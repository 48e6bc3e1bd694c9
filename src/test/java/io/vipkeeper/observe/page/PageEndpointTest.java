package io.vipkeeper.observe.page;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.vipkeeper.keeper.KeeperStatus;
import io.vipkeeper.observe.Served;
import io.vipkeeper.observe.Statuses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class PageEndpointTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final PageEndpoint endpoint = new PageEndpoint(vertx);
    private final AtomicReference<KeeperStatus> status = new AtomicReference<>();
    private String base;

    @BeforeEach
    void listen() throws Exception {
        Router router = Router.router(vertx);
        endpoint.join(router);
        int port = Served.on(vertx, router);
        base = "http://127.0.0.1:" + port;
    }

    @AfterEach
    void close() throws Exception {
        client.shutdownNow();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void saysThatThereIsNothingYetAndThenWhoHolds() throws Exception {
        // given
        assertThat(ask("GET", "/").statusCode()).isEqualTo(503);
        assertThat(ask("GET", "/").body()).contains("The keeper has made no step so far.");

        // when
        show(Statuses.holder(0));

        // then
        HttpResponse<String> answer = ask("GET", "/");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
        assertThat(answer.body())
                .contains("<bdi>cp-1</bdi>")
                .contains("192.0.2.10")
                .contains("vip_leaseduration");
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html; charset=utf-8",
        "/page/page.css, text/css; charset=utf-8",
        "/page/page.js, text/javascript; charset=utf-8",
        "/page/icon.svg, image/svg+xml",
        "/page/events, text/event-stream"
    })
    void everythingCanBeReadAndNothingElseBeDone(String path, String type) throws Exception {
        // given
        show(Statuses.holder(0));

        // then
        HttpResponse<String> head = ask("HEAD", path);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("content-type")).contains(type);
        assertThat(head.headers().firstValue("content-security-policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(head.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(head.headers().firstValue("referrer-policy")).contains("no-referrer");
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
            HttpResponse<String> refused = ask(method, path);
            assertThat(refused.statusCode()).as(method).isEqualTo(405);
            assertThat(refused.headers().firstValue("allow")).contains("GET, HEAD");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/page/", "/page/page.html", "/page/../application.properties", "/page/%2e%2e/x", "/index.html"})
    void nothingElseIsServed(String path) throws Exception {
        assertThat(ask("GET", path).statusCode()).isEqualTo(404);
    }

    @Test
    void whoListensIsToldAtOnceAndOfEachChange() throws Exception {
        // given
        show(Statuses.follower(true, 0));
        assertThat(endpoint.feed().isAwake()).isFalse();
        try (InputStream events = listening()) {
            // then
            assertThat(until(events, "id=\"guard\""))
                    .contains("event: part\ndata: <section id=\"now\"")
                    .contains("node-b");

            // when
            status.set(Statuses.holder(0));

            // then: nothing but what has changed
            assertThat(until(events, "bound here"))
                    .contains("<section id=\"now\"")
                    .doesNotContain("id=\"servers\"");
        }
        await().atMost(LIMIT).until(() -> !endpoint.feed().isAwake());
    }

    @Test
    void aPageThatWasOpenedBeforeTheFirstStepIsFilledByTheFirstEvents() throws Exception {
        try (InputStream events = listening()) {
            // given
            assertThat(until(events, "id=\"settings\"")).contains("<div id=\"about\" data-version=\"\">");

            // when
            show(Statuses.holder(0));

            // then
            assertThat(until(events, "vip_leaseduration"))
                    .contains("<div id=\"about\" data-version=\"0.1.0\">", "<bdi>cp-1</bdi>", "bound here");
        }
    }

    @Test
    void aNinthListenerIsSentAwayUntilOneOfTheOthersLeaves() throws Exception {
        // given
        show(Statuses.holder(0));
        List<InputStream> open = new ArrayList<>();
        for (int i = 0; i < LiveFeed.MOST_LISTENERS; i++) {
            open.add(listening());
        }

        // then
        HttpResponse<String> refused = ask("GET", "/page/events");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("retry-after")).contains("5");

        // when
        open.removeLast().close();

        // then
        await().atMost(LIMIT).until(() -> endpoint.feed().listening() < LiveFeed.MOST_LISTENERS);
        listening().close();
        for (InputStream one : open) {
            one.close();
        }
    }

    private void show(KeeperStatus first) {
        status.set(first);
        endpoint.show(StartingPage.document("0.1.0", status::get));
    }

    private InputStream listening() throws Exception {
        HttpResponse<InputStream> answer = client.send(
                HttpRequest.newBuilder(URI.create(base + "/page/events")).build(), BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    /** What comes until then, that included. */
    private static String until(InputStream events, String end) throws Exception {
        StringBuilder read = new StringBuilder();
        byte[] buffer = new byte[8192];
        while (read.indexOf(end) < 0) {
            int count = events.read(buffer);
            assertThat(count).as("the stream ended after %s", read).isPositive();
            read.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
        }
        return read.toString();
    }

    private HttpResponse<String> ask(String method, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .method(method, BodyPublishers.noBody())
                        .timeout(LIMIT)
                        .build(),
                BodyHandlers.ofString());
    }
}
