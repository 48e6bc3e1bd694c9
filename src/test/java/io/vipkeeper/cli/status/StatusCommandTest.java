package io.vipkeeper.cli.status;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.vipkeeper.cli.VipkeeperCommand;
import io.vipkeeper.kubernetes.Kubeconfigs;
import io.vipkeeper.kubernetes.StandIn;

import static org.assertj.core.api.Assertions.assertThat;

class StatusCommandTest {
    private static final String HELD =
            "{\"node\":\"n1\",\"role\":\"FOLLOWER\",\"holder\":\"n2\",\"live\":true,\"hindrances\":[]}";
    private static final String NO_KUBECONFIG = "/nowhere/admin.conf";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> targets = new ArrayList<>();
    private HttpServer server;
    private int status = 200;
    private String body = HELD;
    private String asked = "";

    @TempDir
    private Path folder;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        server.createContext("/", exchange -> {
            asked = exchange.getRequestURI().toString();
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void withoutAKubeconfigTheProcessOfThisNodeTellsWhatItKnows() {
        assertThat(run("status", "--url", url())).isZero();

        assertThat(asked).isEqualTo("/q/status");
        assertThat(out.toString()).startsWith("well: n2 holds").contains("no usable answer: no kubeconfig");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theVariableOfTheManagerNamesThePort() {
        assertThat(run(Map.of("prometheus_server", ":" + server.getAddress().getPort()), "status"))
                .isZero();
    }

    @Test
    void theLeasesAloneTellFromALaptop() throws Exception {
        // given
        try (StandIn api = api("n2", Instant.now())) {
            // when
            int exitCode = run(Map.of("k8s_config_file", kubeconfig(api)), "status", "--prometheusHTTPServer=:1");

            // then
            assertThat(out.toString()).startsWith("well: n2 holds, and 1 other candidate could take over\n");
            assertThat(out.toString()).contains("as of its Lease").contains("no vipkeeper at http://127.0.0.1:1/");
            assertThat(exitCode).isZero();
            assertThat(targets)
                    .anyMatch(target -> target.endsWith("/leases/plndr-cp-lock"))
                    .anyMatch(target -> target.contains("labelSelector="));
        }
    }

    @Test
    void aLeaseThatNobodyRenewsHasNoHolder() throws Exception {
        try (StandIn api = api("n2", Instant.now().minusSeconds(600))) {
            assertThat(run(Map.of("k8s_config_file", kubeconfig(api)), "status", "--prometheusHTTPServer=:1"))
                    .isEqualTo(2);

            assertThat(out.toString())
                    .startsWith(
                            "critical: nobody holds the address: n2 held it last, and renewed its Lease 10 min ago");
        }
    }

    @Test
    void anApiServerThatHangsIsSaidAfterTheBoundAndTheProcessTellsTheRest() throws Exception {
        try (StandIn api = StandIn.plain((request, answer) -> answer.closed().await())) {
            long began = System.nanoTime();
            int exitCode = run(Map.of("k8s_config_file", kubeconfig(api)), "status", "--timeout=1", "--url", url());

            assertThat(exitCode).isEqualTo(1);
            assertThat(out.toString())
                    .startsWith("degraded: the API server gives this command no usable answer: http://127.0.0.1:");
            assertThat(System.nanoTime() - began).isLessThan(10_000_000_000L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "{\"kind\":\"Pod\"}", "{\"items\":7}", "{\"items\":[7,{}]}", "<html>", ""})
    void anApiServerThatAnswersNonsenseIsSaid(String nonsense) throws Exception {
        try (StandIn api = StandIn.plain((request, answer) -> answer.json(200, nonsense))) {
            assertThat(run(Map.of("k8s_config_file", kubeconfig(api)), "status", "--url", url()))
                    .isEqualTo(1);
            assertThat(out.toString()).contains("no usable answer");
        }
    }

    @Test
    void jsonHasTheDocumentedKeysAndTheWholeDocument() throws Exception {
        assertThat(run("status", "--output=json", "--url", url())).isZero();

        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.propertyStream().map(Map.Entry::getKey))
                .containsExactly(
                        "exitCode", "level", "sentences", "at", "holder", "lease", "api", "candidates", "processes");
        assertThat(json.path("level").asText()).isEqualTo("WELL");
        assertThat(json.path("holder").asText()).isEqualTo("n2");
        assertThat(json.path("processes").path("n1").path("role").asText()).isEqualTo("FOLLOWER");
    }

    @Test
    void nobodyHolds() {
        body = HELD.replace("\"n2\"", "\"\"");

        assertThat(run("status", "--url", url())).isEqualTo(2);
        assertThat(out.toString()).startsWith("critical: nobody holds the address");
    }

    @Test
    void aManagerThatBeginsIsAskedAgainLater() {
        status = 503;

        assertThat(run("status", "--url", url())).isEqualTo(2);
        assertThat(out.toString()).contains("has just started: ask again in a second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "[]", "7", "{}", "{\"holder\":7}", ""})
    void anotherProgramIsNoVipkeeper(String answer) {
        body = answer;

        assertThat(run("status", "--url", url())).isEqualTo(2);
        assertThat(out.toString()).contains(url(), "something else than vipkeeper answers");
    }

    @Test
    void anAnswerWithoutEndIsNotKept() {
        body = HELD.replace("n1", "x".repeat(2 << 20));

        assertThat(run("status", "--url", url())).isEqualTo(2);
        assertThat(out.toString().length()).isLessThan(2_000);
    }

    /** Of an election with the candidates n1 and n2, that nobody can reach. */
    private StandIn api(String holder, Instant renewed) throws IOException {
        String candidates = candidate("n1", renewed) + "," + candidate("n2", renewed);
        return StandIn.plain((request, answer) -> {
            targets.add(request.target());
            answer.json(
                    200,
                    request.target().contains("labelSelector")
                            ? "{\"items\":[" + candidates + "]}"
                            : lease("plndr-cp-lock", holder, renewed, "{}", "{}"));
        });
    }

    private static String candidate(String node, Instant renewed) {
        String notes = """
                {"vipkeeper.io/process":"p","vipkeeper.io/host":"127.0.0.1","vipkeeper.io/port":"1",
                 "vipkeeper.io/public-key":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","vipkeeper.io/weight":"100",
                 "vipkeeper.io/version":"9.9","vipkeeper.io/condition":"ready","vipkeeper.io/fence":"nftables"}""";
        String labels = "{\"app.kubernetes.io/name\":\"vipkeeper\",\"vipkeeper.io/lease\":\"plndr-cp-lock\"}";
        return lease("vipkeeper-" + node, node, renewed, notes, labels);
    }

    private static String lease(String name, String holder, Instant renewed, String notes, String labels) {
        return """
                {"kind":"Lease","metadata":{"name":"%s","resourceVersion":"7","annotations":%s,"labels":%s},
                 "spec":{"holderIdentity":"%s","leaseDurationSeconds":15,"leaseTransitions":3,
                         "acquireTime":"%s","renewTime":"%s"}}""".formatted(name, notes, labels, holder, renewed.minusSeconds(60), renewed);
    }

    private String kubeconfig(StandIn api) throws IOException {
        return Files.writeString(
                        folder.resolve("it.conf"),
                        Kubeconfigs.text("server: 'http://127.0.0.1:" + api.port() + "'", "token: t"))
                .toString();
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private int run(String... args) {
        return run(Map.of(), args);
    }

    private int run(Map<String, String> environment, String... args) {
        Map<String, String> variables = new HashMap<>(Map.of("k8s_config_file", NO_KUBECONFIG));
        variables.putAll(environment);
        return VipkeeperCommand.commandLine(variables)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
