package io.vipkeeper.demo.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
class LeaseServerTest {
    private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases";

    private final HttpClient http = HttpClient.newHttpClient();
    private LeaseServer server;

    @BeforeEach
    void start() throws IOException {
        server = LeaseServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
    }

    @Test
    void keepsALeaseFromItsCreationToItsDeletion() throws Exception {
        // given
        assertThat(get(LEASES + "/lock").statusCode()).isEqualTo(404);

        // when
        HttpResponse<String> created = send("POST", LEASES, lease("lock", "n1", ""));

        // then
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(json(created).at("/metadata/uid").asText()).isNotEmpty();
        assertThat(json(get(LEASES + "/lock")).at("/spec/holderIdentity").asText())
                .isEqualTo("n1");
        assertThat(send("DELETE", LEASES + "/lock", "").statusCode()).isEqualTo(200);
        assertThat(get(LEASES + "/lock").statusCode()).isEqualTo(404);
    }

    @Test
    void refusesASecondCreationAsTheApiServerDoes() throws Exception {
        // given
        send("POST", LEASES, lease("lock", "n1", ""));

        // when
        HttpResponse<String> second = send("POST", LEASES, lease("lock", "n2", ""));

        // then
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(json(second).at("/kind").asText()).isEqualTo("Status");
        assertThat(json(second).at("/reason").asText()).isEqualTo("AlreadyExists");
    }

    @Test
    void refusesAReplacementOfAnOldVersion() throws Exception {
        // given
        String first = version(send("POST", LEASES, lease("lock", "n1", "")));
        String second = version(send("PUT", LEASES + "/lock", lease("lock", "n1", first)));

        // when
        HttpResponse<String> late = send("PUT", LEASES + "/lock", lease("lock", "n2", first));

        // then
        assertThat(send("PUT", LEASES + "/lock", lease("lock", "n2", "")).statusCode())
                .isEqualTo(422);
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(json(late).at("/reason").asText()).isEqualTo("Conflict");
        assertThat(version(get(LEASES + "/lock"))).isEqualTo(second).isNotEqualTo(first);
    }

    @Test
    void keepsNothingOfWhatItOnlyTries() throws Exception {
        // given
        String first = version(send("POST", LEASES, lease("lock", "n1", "")));
        // when
        HttpResponse<String> tried = send("PUT", LEASES + "/lock?dryRun=All", lease("lock", "n2", first));
        // then
        assertThat(tried.statusCode()).isEqualTo(200);
        assertThat(send("GET", LEASES + "/lock", "").body())
                .contains("\"n1\"", "\"resourceVersion\":\"" + first + "\"");
    }

    @Test
    void refusesWhatIsNotALease() throws Exception {
        assertThat(send("POST", LEASES, "{").statusCode()).isEqualTo(400);
        assertThat(send("POST", LEASES, "[]").statusCode()).isEqualTo(400);
        assertThat(send("POST", LEASES, "{\"metadata\":{}}").statusCode()).isEqualTo(400);
        assertThat(send("POST", LEASES, lease("lock", "n1", "").replace("5", "-5"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(send("POST", LEASES, " ".repeat(LeaseServer.LARGEST_BODY + 1))
                        .statusCode())
                .isEqualTo(413);
        assertThat(send("PATCH", LEASES + "/lock", "{}").statusCode()).isEqualTo(405);
    }

    @Test
    void keepsABoundedNumberOfLeases() throws Exception {
        // given
        for (int i = 0; i < LeaseBook.MOST_LEASES; i++) {
            send("POST", LEASES, lease("lock" + i, "n1", ""));
        }

        // when / then
        assertThat(send("POST", LEASES, lease("one-more", "n1", "")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void tellsAWatchWhatHappenedSinceItsVersionAndWhatHappensThen() throws Exception {
        // given
        String since = version(send("POST", LEASES, lease("lock", "n1", "")));
        send("POST", LEASES, lease("other", "n9", ""));
        send("PUT", LEASES + "/lock", lease("lock", "n2", since));

        // when
        try (BufferedReader lines = watch("fieldSelector=metadata.name%3Dlock&resourceVersion=" + since)) {
            JsonNode modified = LeaseServer.JSON.readTree(lines.readLine());
            send("DELETE", LEASES + "/lock", "");
            JsonNode deleted = LeaseServer.JSON.readTree(lines.readLine());

            // then
            assertThat(modified.at("/type").asText()).isEqualTo("MODIFIED");
            assertThat(modified.at("/object/spec/holderIdentity").asText()).isEqualTo("n2");
            assertThat(deleted.at("/type").asText()).isEqualTo("DELETED");
        }
    }

    @Test
    void beginsAWatchWithoutAVersionWithWhatIsThere() throws Exception {
        // given
        send("POST", LEASES, lease("lock", "n1", ""));

        // when / then
        try (BufferedReader lines = watch("timeoutSeconds=1")) {
            assertThat(LeaseServer.JSON.readTree(lines.readLine()).at("/type").asText())
                    .isEqualTo("ADDED");
            assertThat(lines.readLine()).as("ends after its time").isNull();
        }
    }

    @Test
    void tellsAWatchOfAForgottenVersionThatItIsTooOld() throws Exception {
        // given
        String old = version(send("POST", LEASES, lease("lock", "n1", "")));
        String version = old;
        for (int i = 0; i <= LeaseBook.LONGEST_HISTORY; i++) {
            version = version(send("PUT", LEASES + "/lock", lease("lock", "n1", version)));
        }

        // when / then
        try (BufferedReader lines = watch("resourceVersion=" + old)) {
            JsonNode line = LeaseServer.JSON.readTree(lines.readLine());
            assertThat(line.at("/type").asText()).isEqualTo("ERROR");
            assertThat(line.at("/object/code").asInt()).isEqualTo(410);
        }
    }

    @Test
    void listensNowhereButOnLoopbackAndInTheLab() throws Exception {
        assertThat(LeaseServer.allowed(InetAddress.getByName("127.0.0.1"))).isTrue();
        assertThat(LeaseServer.allowed(InetAddress.getByName("198.51.100.1"))).isTrue();
        assertThat(LeaseServer.allowed(InetAddress.getByName("0.0.0.0"))).isFalse();
        assertThat(LeaseServer.allowed(InetAddress.getByName("192.0.2.1"))).isFalse();
        assertThatThrownBy(() -> LeaseServer.start(new InetSocketAddress("0.0.0.0", 0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("neither loopback");
    }

    @Test
    void answersHealthVersionAndAnEmptyListOfNodes() throws Exception {
        assertThat(get("/readyz").body()).isEqualTo("ok");
        assertThat(get("/livez").statusCode()).isEqualTo(200);
        assertThat(json(get("/version")).at("/major").asText()).isEqualTo("1");
        assertThat(json(get("/api/v1/nodes")).at("/items")).isEmpty();
        assertThat(get("/api/v1/secrets").statusCode()).isEqualTo(404);
    }

    private static String lease(String name, String holder, String version) {
        return "{\"metadata\":{\"name\":\"" + name + "\",\"resourceVersion\":\"" + version
                + "\"},\"spec\":{\"holderIdentity\":\"" + holder + "\",\"leaseDurationSeconds\":5}}";
    }

    private BufferedReader watch(String query) throws Exception {
        var response = http.send(
                HttpRequest.newBuilder(uri(LEASES + "?watch=true&" + query)).build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send("GET", path, "");
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(10))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    }

    private static String version(HttpResponse<String> response) throws Exception {
        return json(response).at("/metadata/resourceVersion").asText();
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        return LeaseServer.JSON.readTree(response.body());
    }
}
