package io.vipkeeper.observe.status;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vipkeeper.observe.KeeperView;
import io.vipkeeper.observe.Served;
import io.vipkeeper.observe.Statuses;
import io.vipkeeper.observe.moves.FlightRecorder;

import static org.assertj.core.api.Assertions.assertThat;

class StatusEndpointTest {
    private final Vertx vertx = Vertx.vertx();
    private final StatusEndpoint endpoint = new StatusEndpoint();
    private final KeeperView view = new KeeperView();
    private int port;

    @BeforeEach
    void listen() throws Exception {
        Router router = Router.router(vertx);
        endpoint.join(router);
        port = Served.on(vertx, router);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void saysThatThereIsNothingYetAndThenWhatThereIs() throws Exception {
        // given
        assertThat(ask().statusCode()).isEqualTo(503);

        // when
        endpoint.show(new StatusDocument(
                new StatusDocument.Instance("cp-1", "0.1.0", "kube-system/plndr-cp-lock", "eth0"),
                view,
                new FlightRecorder(() -> java.time.Instant.EPOCH, (stage, nanos) -> {}),
                new Lately(),
                () -> "nftables",
                java.util.Optional::empty));
        assertThat(ask().statusCode()).isEqualTo(503);
        view.show(() -> Statuses.holder(0), () -> 0, () -> 0);

        // then
        HttpResponse<String> answer = ask();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(answer.body())
                .startsWith("{")
                .contains("\"node\" : \"cp-1\"")
                .endsWith("}\n");
        assertThat(ask("HEAD").statusCode()).isEqualTo(200);
        assertThat(ask("HEAD").body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"HEAD,503", "POST,405", "PUT,405", "DELETE,405", "OPTIONS,405"})
    void itsHeadCanBeReadAsWellAndNothingElseBeDone(String method, int code) throws Exception {
        HttpResponse<String> answer = ask(method);

        assertThat(answer.statusCode()).isEqualTo(code);
        assertThat(answer.body()).doesNotContain("problem");
    }

    private HttpResponse<String> ask() throws Exception {
        return ask("GET");
    }

    private HttpResponse<String> ask(String method) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/status"))
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
