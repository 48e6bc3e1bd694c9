package io.vipkeeper.operations;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vipkeeper.e2e.Requirements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A real Prometheus scrapes the program's meters while much happens, and then has something to show in every panel. */
class DashboardIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final Eventful eventful = new Eventful();
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer exporter;
    private Process prometheus;
    private int port;

    @BeforeEach
    void startPrometheus() throws IOException {
        Requirements.program("prometheus", "prometheus");
        exporter = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        exporter.createContext("/metrics", exchange -> {
            // Much happens between any two scrapes.
            eventful.happen();
            byte[] page = eventful.page().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        exporter.start();
        Queries.writeRules(folder.resolve("rules.yaml"));
        Files.writeString(folder.resolve("prometheus.yaml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: [rules.yaml]
                scrape_configs:
                - job_name: v
                  static_configs:
                  - targets: ["127.0.0.1:%d"]
                    labels: {instance: n1}
                """.formatted(
                        exporter.getAddress().getPort()));
        port = freePort();
        prometheus = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + folder.resolve("prometheus.yaml"),
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    @AfterEach
    void stopPrometheus() throws InterruptedException {
        if (prometheus != null) {
            prometheus.destroyForcibly().waitFor();
        }
        if (exporter != null) {
            exporter.stop(0);
        }
        http.shutdownNow();
    }

    @Test
    void everyPanelHasSomethingToShow() throws IOException {
        Map<String, String> queries = Queries.ofTheDashboard();

        await().atMost(LIMIT).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> assertThat(silent(queries))
                .isEmpty());
    }

    @Test
    void theRulesAreLoadedAndEvaluatedWithoutAnError() {
        await().atMost(LIMIT).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            JsonNode rules = ask("rules").at("/data/groups/0/rules");
            assertThat(rules).hasSize(Queries.alerts().size());
            rules.forEach(rule ->
                    assertThat(rule.get("health").asText()).as(rule.toString()).isEqualTo("ok"));
        });
    }

    /** The queries that Prometheus answers with nothing, or not at all. */
    private List<String> silent(Map<String, String> queries) {
        List<String> silent = new ArrayList<>();
        queries.forEach((where, query) -> {
            JsonNode answer =
                    ask("query?query=" + URLEncoder.encode(query.replace("[1m]", "[10s]"), StandardCharsets.UTF_8));
            if (answer.at("/data/result").isEmpty()) {
                silent.add(where + ": " + query + ": " + answer);
            }
        });
        return silent;
    }

    private JsonNode ask(String what) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + what))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return new JsonMapper()
                    .readTree(http.send(request, HttpResponse.BodyHandlers.ofString())
                            .body());
        } catch (IOException e) {
            throw new AssertionError("Prometheus does not answer: " + e + "\n" + log(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
