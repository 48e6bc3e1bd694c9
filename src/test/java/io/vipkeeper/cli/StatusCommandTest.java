package io.vipkeeper.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.vipkeeper.cli.common.StatusSource;

import static org.assertj.core.api.Assertions.assertThat;

class StatusCommandTest {
    private static final String HELD =
            "{\"node\":\"n1\",\"role\":\"FOLLOWER\",\"holder\":\"n2\",\"live\":true,\"hindrances\":[]}";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HttpServer server;
    private int status = 200;
    private String body = HELD;
    private String asked = "";

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
    void somebodyHoldsAndThisNodeIsWell() {
        assertThat(run("status", "--url", url())).isZero();

        assertThat(asked).isEqualTo("/q/status");
        assertThat(out.toString()).startsWith("holder     n2").contains("n1, follower");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theVariableOfTheManagerNamesThePort() {
        assertThat(run(Map.of("prometheus_server", ":" + server.getAddress().getPort()), "status"))
                .isZero();
    }

    @Test
    void jsonIsTheWholeDocument() {
        assertThat(run("status", "--output=json", "--url", url())).isZero();

        assertThat(out.toString()).startsWith("{").contains("\"holder\" : \"n2\"");
    }

    @Test
    void nobodyHolds() {
        body = HELD.replace("\"n2\"", "\"\"");

        assertThat(run("status", "--url", url())).isEqualTo(1);
        assertThat(out.toString()).startsWith("holder     nobody");
        assertThat(err.toString()).isEqualTo("vipkeeper: nobody holds the address\n");
    }

    @Test
    void aManagerThatBeginsIsAskedAgainLater() {
        status = 503;

        assertThat(run("status", "--url", url())).isEqualTo(1);
        assertThat(err.toString()).contains("has not made its first step yet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "[]", "7", "{}", "{\"holder\":7}", ""})
    void anotherProgramIsNoVipkeeper(String answer) {
        body = answer;

        assertThat(run("status", "--url", url())).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains(url(), "something else than vipkeeper answers", "--url");
    }

    @Test
    void anAnswerWithoutEndIsNotKept() {
        body = HELD.replace("n1", "x".repeat(2 << 20));

        assertThat(run("status", "--url", url())).isEqualTo(2);
        assertThat(err.toString().length()).isLessThan(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://192.0.2.1", "http://", "no url", "http://192.0.2.1:99999", "\u001b[2J"})
    void aUrlThatIsNoneIsRefused(String typed) {
        assertThat(run("status", "--url", typed)).isEqualTo(2);
        assertThat(err.toString()).startsWith("vipkeeper: --url=").doesNotContain("\u001b");
        assertThat(err.toString().lines()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        ":2112, http://127.0.0.1:2112/q/status",
        "0.0.0.0:1, http://127.0.0.1:1/q/status",
        "[::]:2112, http://[::1]:2112/q/status",
        "192.0.2.1:2112, http://192.0.2.1:2112/q/status",
        "[2001:db8::1]:2112, http://[2001:db8::1]:2112/q/status"
    })
    void aListenerIsAskedWhereItListens(String listener, String expected) {
        assertThat(StatusSource.ofListener(listener).orElseThrow()).hasToString(expected);
    }

    @Test
    void aUrlWithAPathIsTakenAsItIs() {
        assertThat(StatusSource.ofUrl("http://192.0.2.1:1/behind/q/status").orElseThrow())
                .hasToString("http://192.0.2.1:1/behind/q/status");
        assertThat(StatusSource.ofListener("2112")).isEmpty();
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private int run(String... args) {
        return run(Map.of(), args);
    }

    private int run(Map<String, String> environment, String... args) {
        return VipkeeperCommand.commandLine(environment)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
