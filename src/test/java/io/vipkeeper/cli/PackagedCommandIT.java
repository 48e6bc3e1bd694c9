package io.vipkeeper.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vipkeeper.demo.Packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The commands of the packaged program, as a shell sees them: exit code, stdout, stderr. */
class PackagedCommandIT {

    @TempDir
    private Path directory;

    @Test
    void versionNeedsNoPort() throws Exception {
        Ended ended = run(Map.of(), "version");

        assertThat(ended.code).isZero();
        assertThat(ended.out.lines()).hasSize(3);
        assertThat(ended.err).isEmpty();
    }

    @Test
    void badConfigurationEndsWithCode2BeforeQuarkusStarts() throws Exception {
        Ended ended = run(Map.of("vip_arp", "true", "bgp_enable", "true", "vip_leaseduration", "x"), "manager");

        assertThat(ended.code).isEqualTo(2);
        assertThat(ended.out).isEmpty();
        assertThat(ended.err.lines())
                .hasSize(4)
                .allMatch(line -> line.startsWith("vipkeeper: "))
                .anyMatch(line -> line.contains("bgp_enable"))
                .anyMatch(line -> line.contains("vip_leaseduration=x"));
    }

    @Test
    void aTakenPortIsOneClearSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended ended = run(
                    Map.of(
                            "vip_arp", "true",
                            "cp_enable", "true",
                            "vip_leaderelection", "true",
                            "address", "192.0.2.10",
                            "prometheus_server", "127.0.0.1:" + taken.getLocalPort()),
                    "manager");

            assertThat(ended.code).isEqualTo(1);
            assertThat(ended.err.lines())
                    .singleElement()
                    .asString()
                    .contains("cannot listen on 127.0.0.1:" + taken.getLocalPort(), "prometheus_server");
        }
    }

    @Test
    void thePageIsServedOnTheChosenAddressAndNowhereElse() throws Exception {
        // given
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(Packaged.find().command("manager"))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "vip_arp", "true",
                        "cp_enable", "true",
                        "vip_leaderelection", "true",
                        "vip_fast", "off",
                        "address", "192.0.2.10",
                        "vip_interface", "vk-absent",
                        "k8s_config_file", directory.resolve("absent.conf").toString(),
                        "prometheus_server", "127.0.0.2:" + port));
        Process manager = builder.start();

        // then
        try (HttpClient client = HttpClient.newHttpClient()) {
            await().atMost(60, TimeUnit.SECONDS).ignoreExceptions().until(() -> code(client, port, "GET", "/") == 200);
            for (String path : List.of("/", "/q/status")) {
                assertThat(code(client, port, "HEAD", path)).isEqualTo(200);
                assertThat(code(client, port, "POST", path)).isEqualTo(405);
            }
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                    .isInstanceOf(ConnectException.class);
        } finally {
            manager.destroy();
        }
        assertThat(manager.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private static int code(HttpClient client, int port, String method, String path) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.2:" + port + path))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void sigusr1WritesTheStatusToTheLogAndTheManagerGoesOn() throws Exception {
        // given a manager that ends by itself after some seconds
        Path log = directory.resolve("log");
        Process manager = new ProcessBuilder(Packaged.find().command("rehearse"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await().atMost(60, TimeUnit.SECONDS).until(() -> Files.readString(log).contains("campaigning"));

        // when
        for (int i = 0; i < 20; i++) {
            new ProcessBuilder("kill", "-USR1", Long.toString(manager.pid()))
                    .start()
                    .waitFor();
        }

        // then
        await().atMost(10, TimeUnit.SECONDS).until(() -> Files.readString(log).contains("fast path "));
        assertThat(Files.readString(log)).containsPattern("status\nholder +nobody\nnode +rehearsal, follower");
        assertThat(manager.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(manager.exitValue()).isZero();
        assertThat(Files.readString(log).split("status\nholder")).hasSizeBetween(2, 4);
    }

    @Test
    void aManifestOnStdoutIsNothingButYaml() throws Exception {
        Ended ended = run(
                Map.of(), "manifest", "pod", "--arp", "--controlplane", "--leaderElection", "--address", "192.0.2.10");

        assertThat(ended.code).isZero();
        assertThat(ended.out).startsWith("apiVersion: ").endsWith("\n");
        assertThat(ended.err).isEmpty();
    }

    @Test
    void aRefusedManifestLeavesStdoutEmpty() throws Exception {
        Ended ended = run(Map.of(), "manifest", "pod", "--arp", "--controlplane", "--address", "vip.example");

        assertThat(ended.code).isEqualTo(2);
        assertThat(ended.out).isEmpty();
        assertThat(ended.err).contains("vip.example");
    }

    @Test
    void theStatusOfNobodyBeginsWithOneSentenceAndIsCode2() throws Exception {
        int nobody = freePort();

        Ended ended = run(Map.of(), "status", "--url", "http://127.0.0.1:" + nobody);

        assertThat(ended.code).isEqualTo(2);
        assertThat(ended.err).isEmpty();
        assertThat(ended.out.lines())
                .first()
                .asString()
                .startsWith("critical: who holds cannot be told")
                .contains("no vipkeeper answers at http://127.0.0.1:" + nobody, "nothing listens there");
    }

    @Test
    void preflightTellsEachCheckInOneLineWithItsRemedy() throws Exception {
        // given
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, String> environment = Map.of(
                    "vip_arp", "true",
                    "cp_enable", "true",
                    "vip_leaderelection", "true",
                    "address", "192.0.2.10",
                    "vip_interface", "vk-absent",
                    "vip_peerport", "0",
                    "k8s_config_file", directory.resolve("absent.conf").toString(),
                    "HOME", directory.toString(),
                    "prometheus_server", "127.0.0.1:" + taken.getLocalPort());

            // when
            Ended ended = run(environment, "preflight");

            // then
            assertThat(ended.code).isEqualTo(2);
            assertThat(ended.err).isEmpty();
            assertThat(ended.out.lines())
                    .allMatch(line -> line.matches("(ok|not yet|warning|failure) .*"))
                    .anyMatch(line -> line.matches("failure +interface +there is no vk-absent: .*--interface.*"))
                    .anyMatch(line -> line.matches("(ok|warning) +fence .*"))
                    .anyMatch(line -> line.matches("ok +peer port .*"))
                    .anyMatch(line -> line.matches("failure +metrics port .*prometheus_server.*"))
                    .anyMatch(line -> line.matches("not yet +kubeconfig +.*no kubeconfig.*absent.conf.*"));
        }
    }

    @Test
    void preflightRefusesTheConfigurationThatTheManagerRefuses() throws Exception {
        Ended ended = run(Map.of("vip_leaseduration", "x"), "preflight", "--arp");

        assertThat(ended.code).isEqualTo(2);
        assertThat(ended.out).isEmpty();
        assertThat(ended.err).contains("vip_leaseduration=x");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Ended run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command = Packaged.find().command(arguments);
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return new Ended(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    private record Ended(int code, String out, String err) {}
}
