package io.vipkeeper.observe;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

class HealthzListenerTest {
    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong now = new AtomicLong();
    private final KeeperView view = new KeeperView();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void answersAsKubeVipWhileThePipelineTurnsAnd503Afterwards() throws Exception {
        // given
        view.show(() -> Statuses.holder(0), now::get, () -> 0);
        int port = listening(0).get(10, TimeUnit.SECONDS);

        // then
        assertThat(get(port, "/healthz")).isEqualTo("200 OK");
        assertThat(get(port, "/other")).isEqualTo("404 ");
        now.set(Liveness.LONGEST_STILL.toNanos());
        assertThat(get(port, "/healthz")).isEqualTo("503 no step for 5000 ms\n");
    }

    @Test
    void answersOnIpv6AsWell() throws Exception {
        assumeThat(InetAddress.getByName("::1").isReachable(1000)).isTrue();
        int port = listening(0).get(10, TimeUnit.SECONDS);

        assertThat(get("[::1]", port, "/healthz")).isEqualTo("200 OK");
    }

    @Test
    void aTakenPortIsToldToTheCaller() throws Exception {
        int port = listening(0).get(10, TimeUnit.SECONDS);

        assertThat(listeningElsewhere(port)).failsWithin(java.time.Duration.ofSeconds(10));
    }

    private CompletableFuture<Integer> listening(int port) {
        CompletableFuture<Integer> result = new CompletableFuture<>();
        new HealthzListener(vertx, view).listen(port, result::complete, result::completeExceptionally);
        return result;
    }

    /** Another Vertx: within one, two servers may share a port. */
    private CompletableFuture<Integer> listeningElsewhere(int port) {
        Vertx other = Vertx.vertx();
        CompletableFuture<Integer> result = new CompletableFuture<>();
        new HealthzListener(other, view).listen(port, result::complete, result::completeExceptionally);
        return result.whenComplete((bound, failure) -> other.close());
    }

    private static String get(int port, String path) throws Exception {
        return get("127.0.0.1", port, path);
    }

    private static String get(String host, int port, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + path))
                    .build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        }
    }
}
