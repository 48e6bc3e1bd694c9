package io.vipkeeper.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.LeaseAnswer;

import static org.assertj.core.api.Assertions.assertThat;

final class ElectionClientTest {
    private static final Duration ATTEMPT = Duration.ofSeconds(3);
    private static final LeaseName NAME = new LeaseName("kube-system", "plndr-cp-lock");

    @TempDir
    private Path folder;

    private ElectionClient client(String cluster, String user) throws IOException {
        return client(cluster, user, 6443);
    }

    private ElectionClient client(String cluster, String user, int localPort) throws IOException {
        Path file = Files.writeString(folder.resolve("config"), Kubeconfigs.text(cluster, user));
        return new ElectionClient(Kubeconfigs.access(folder, Kubeconfigs.settings(file, "", localPort)), ATTEMPT);
    }

    private static KubernetesLeaseStore store(ElectionClient client) {
        return new KubernetesLeaseStore(client, NAME, InstantSource.system());
    }

    private static LeaseAnswer.Failed failed(LeaseAnswer answer) {
        assertThat(answer).isInstanceOf(LeaseAnswer.Failed.class);
        return (LeaseAnswer.Failed) answer;
    }

    @Test
    void theLocalServerIsVerifiedAsKubernetesWithoutAnyHostsFile() throws Exception {
        // given a server on 127.0.0.1 whose certificate is for "kubernetes" only, and a kubeconfig that names the VIP
        TestCertificate certificate = TestCertificate.make(folder, "dns:kubernetes");
        String authority = "certificate-authority-data: " + Kubeconfigs.data(certificate.certificatePem());
        try (StandIn server = StandIn.tls(certificate, (request, answer) -> answer.json(200, LeaseJsonTest.LEASE));
                ElectionClient client =
                        client("server: 'https://192.0.2.100:6443', " + authority, "token: t0ken", server.port())) {
            // when
            LeaseAnswer answer = store(client).read();
            // then
            assertThat(answer).isInstanceOf(LeaseAnswer.Found.class);
            assertThat(server.requests.getFirst().headers())
                    .containsEntry("host", "kubernetes:" + server.port())
                    .containsEntry("authorization", "Bearer t0ken");
        }
    }

    @Test
    void eachExchangeIsToldWithItsServerItsStatusAndItsTime() throws Exception {
        // given a server that answers once, then refuses, then hangs up
        List<Integer> script = List.of(200, 403, 0);
        List<String> told = new CopyOnWriteArrayList<>();
        AtomicInteger asked = new AtomicInteger();
        try (StandIn server = StandIn.plain((request, answer) -> {
                    int status = script.get(asked.getAndIncrement());
                    if (status == 0) {
                        answer.reset();
                    } else {
                        answer.json(status, LeaseJsonTest.LEASE);
                    }
                });
                ElectionClient client = client("server: 'http://127.0.0.1:" + server.port() + "'", "token: t0ken")) {
            client.listen((to, status, nanos) -> told.add(to + " " + status + " " + (nanos > 0)));

            // when
            script.forEach(status -> store(client).read());

            // then
            String to = "http://127.0.0.1:" + server.port();
            assertThat(told).containsExactly(to + " 200 true", to + " 403 true", to + " 0 true");
            assertThat(client.certificates().server()).isEmpty();
            assertThat(client.certificates().client()).isEmpty();
        }
    }

    @Test
    void theEndsOfBothCertificatesAreKnownOnceTheyWereShown() throws Exception {
        // given
        TestCertificate certificate = TestCertificate.make(folder, "dns:kubernetes");
        String authority = "certificate-authority-data: " + Kubeconfigs.data(certificate.certificatePem());
        String own = "client-certificate-data: " + Kubeconfigs.data(certificate.certificatePem())
                + ", client-key-data: " + Kubeconfigs.data(certificate.keyPem());
        try (StandIn server = StandIn.tls(certificate, (request, answer) -> answer.json(200, LeaseJsonTest.LEASE));
                ElectionClient client =
                        client("server: 'https://192.0.2.100:6443', " + authority, own, server.port())) {
            assertThat(client.certificates().server()).isEmpty();

            // when
            store(client).read();

            // then
            Instant ends = Certificates.parse(certificate.certificatePem())
                    .getFirst()
                    .getNotAfter()
                    .toInstant();
            assertThat(client.certificates().server()).contains(ends);
            assertThat(client.certificates().client()).contains(ends);
        }
    }

    @Test
    void aCertificateForAnotherNameOrOfAnotherAuthorityIsNotTrusted() throws Exception {
        // given
        TestCertificate certificate = TestCertificate.make(folder, "dns:kubernetes");
        TestCertificate other = TestCertificate.make(folder, "ip:127.0.0.1");
        StandIn.Script script = (request, answer) -> answer.json(200, LeaseJsonTest.LEASE);
        try (StandIn server = StandIn.tls(certificate, script)) {
            String url = "server: 'https://127.0.0.1:" + server.port() + "', certificate-authority-data: ";
            // when and then
            try (ElectionClient client = client(url + Kubeconfigs.data(certificate.certificatePem()), "token: t0ken")) {
                LeaseAnswer.Failed wrongName = failed(store(client).read());
                assertThat(wrongName.cause()).isEqualTo(ApiFailure.UNREACHABLE);
                assertThat(wrongName.detail()).contains("TLS", "127.0.0.1");
            }
            try (ElectionClient client = client(url + Kubeconfigs.data(other.certificatePem()), "token: t0ken")) {
                LeaseAnswer.Failed wrongAuthority = failed(store(client).read());
                assertThat(wrongAuthority.cause()).isEqualTo(ApiFailure.UNREACHABLE);
                assertThat(wrongAuthority.detail()).contains("TLS");
            }
            assertThat(server.requests).isEmpty();
        }
    }

    @Test
    void aTlsHandshakeThatHangsEndsWithinTheBound() throws Exception {
        // given a server that accepts and never says anything, as a frozen one does
        TestCertificate certificate = TestCertificate.make(folder, "dns:kubernetes");
        try (var listener = new java.net.ServerSocket(0, 50, java.net.InetAddress.getByName("127.0.0.1"))) {
            Path file = Files.writeString(
                    folder.resolve("config"),
                    Kubeconfigs.text(
                            "server: 'https://127.0.0.1:" + listener.getLocalPort() + "', certificate-authority-data: "
                                    + Kubeconfigs.data(certificate.certificatePem()),
                            "token: t0ken"));
            Duration bound = Duration.ofMillis(700);
            try (ElectionClient client =
                    new ElectionClient(Kubeconfigs.access(folder, Kubeconfigs.settings(file, "", 6443)), bound)) {
                for (int i = 0; i < 12; i++) {
                    // when
                    long began = System.nanoTime();
                    LeaseAnswer.Failed answer = failed(store(client).read());
                    Duration took = Duration.ofNanos(System.nanoTime() - began);
                    // then
                    assertThat(answer.cause()).as(answer.detail()).isEqualTo(ApiFailure.TIMEOUT);
                    assertThat(took).isLessThan(bound.plusMillis(500));
                }
            }
        }
    }

    @Test
    void noKubeconfigIsAFailureUntilThereIsOne() throws Exception {
        // given no file at all
        Path file = folder.resolve("later");
        try (StandIn server = StandIn.plain((request, answer) -> answer.json(200, LeaseJsonTest.LEASE));
                ElectionClient client =
                        new ElectionClient(Kubeconfigs.access(folder, Kubeconfigs.settings(file, "", 6443)), ATTEMPT)) {
            KubernetesLeaseStore store = store(client);
            LeaseAnswer.Failed missing = failed(store.read());
            assertThat(missing.cause()).isEqualTo(ApiFailure.NOT_CONFIGURED);
            assertThat(missing.detail()).contains(file.toString(), "k8s_config_file");
            // when it appears
            Files.writeString(file, Kubeconfigs.text("server: 'http://127.0.0.1:" + server.port() + "'", ""));
            // then it is used
            Awaitility.await().untilAsserted(() -> assertThat(store.read()).isInstanceOf(LeaseAnswer.Found.class));
        }
    }

    @Test
    void aKeyThatIsNoneIsReportedAsConfiguration() throws Exception {
        String broken = Kubeconfigs.data("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        try (ElectionClient client =
                client("server: 'https://127.0.0.1:1', certificate-authority-data: " + broken, "token: t0ken")) {
            LeaseAnswer.Failed answer = failed(store(client).read());
            assertThat(answer.cause()).isEqualTo(ApiFailure.NOT_CONFIGURED);
            assertThat(answer.detail()).contains("certificates", "config").doesNotContain("t0ken");
        }
    }

    @Test
    void rotatedCredentialsAreUsedAndARequestInFlightIsNotDisturbed() throws Exception {
        // given a request under way with the old token
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (StandIn server = StandIn.plain((request, answer) -> {
                    if (reached.getCount() > 0) {
                        reached.countDown();
                        go.await();
                    }
                    answer.json(200, LeaseJsonTest.LEASE);
                });
                ElectionClient client =
                        client("server: 'http://127.0.0.1:" + server.port() + "'", "tokenFile: token-file")) {
            Files.writeString(folder.resolve("token-file"), "old");
            KubernetesLeaseStore store = store(client);
            CompletableFuture<LeaseAnswer> inFlight = CompletableFuture.supplyAsync(store::read);
            reached.await();
            // when the token changes
            Files.writeString(folder.resolve("token-file"), "new");
            Awaitility.await().until(() -> {
                assertThat(store.read()).isInstanceOf(LeaseAnswer.Found.class);
                return server.requests.getLast().headers().get("authorization").equals("Bearer new");
            });
            go.countDown();
            // then both are answered
            assertThat(server.requests.getFirst().headers()).containsEntry("authorization", "Bearer old");
            assertThat(inFlight.join()).isInstanceOf(LeaseAnswer.Found.class);
        }
    }

    @Test
    void aProxyOfTheEnvironmentIsIgnored() throws Exception {
        // given properties as a proxy's user sets them
        System.setProperty("http.proxyHost", "127.0.0.1");
        System.setProperty("http.proxyPort", "1");
        System.setProperty("http.nonProxyHosts", "none");
        try (StandIn server = StandIn.plain((request, answer) -> answer.json(200, LeaseJsonTest.LEASE));
                ElectionClient client = client("server: 'http://127.0.0.1:" + server.port() + "'", "")) {
            assertThat(store(client).read()).isInstanceOf(LeaseAnswer.Found.class);
        } finally {
            System.clearProperty("http.proxyHost");
            System.clearProperty("http.proxyPort");
            System.clearProperty("http.nonProxyHosts");
        }
    }

    @Test
    void aClosedClientFailsAndThrowsNothing() throws Exception {
        ElectionClient client = client("server: 'http://127.0.0.1:1'", "");
        client.close();
        assertThat(store(client).read()).isInstanceOf(LeaseAnswer.Failed.class);
    }

    @Test
    void aFrozenServersRequestsAndWatchGoToAnotherControlPlane() throws Exception {
        // given a server that falls silent, and another one
        TestCertificate certificate = TestCertificate.make(folder, "dns:kubernetes");
        CountDownLatch frozen = new CountDownLatch(1);
        List<String> moves = new CopyOnWriteArrayList<>();
        try (StandIn first = StandIn.tls(certificate, (request, answer) -> {
                    if (request.target().contains("watch")) {
                        answer.streamHead();
                        answer.hang();
                    } else if (frozen.getCount() == 0) {
                        answer.hang();
                    }
                    answer.json(200, LeaseJsonTest.LEASE);
                });
                StandIn other = StandIn.tls(certificate, (request, answer) -> answer.json(200, LeaseJsonTest.LEASE));
                ElectionClient client = ofVerified(certificate, first.port())) {
            client.tellMoves(moves::add);
            KubernetesLeaseStore store = store(client);
            assertThat(store.read()).isInstanceOf(LeaseAnswer.Found.class);
            client.fallBackTo(List.of(
                    new ApiServer(true, Addresses.literal("127.0.0.1").orElseThrow(), other.port(), "kubernetes", "")));
            LineStream lines = ((LineStream.Opening.Opened) client.open("/leases?watch=true", ATTEMPT)).lines();

            // when
            frozen.countDown();
            LeaseAnswer lost = store.read();
            LineStream.Next next = lines.next(Duration.ofMinutes(1));
            LeaseAnswer found = store.read();

            // then
            assertThat(lost).isInstanceOf(LeaseAnswer.Failed.class);
            assertThat(next).isInstanceOf(LineStream.Next.Silence.class);
            assertThat(found).isInstanceOf(LeaseAnswer.Found.class);
            assertThat(other.requests).anySatisfy(request -> assertThat(request.headers())
                    .containsEntry("host", "kubernetes:" + other.port())
                    .containsEntry("authorization", "Bearer t0ken"));
            assertThat(moves)
                    .singleElement()
                    .asString()
                    .contains("https://127.0.0.1:" + first.port() + " is ill", ":" + other.port());
        }
    }

    @Test
    void anotherControlPlaneThatCannotProveItselfLearnsNothing() throws Exception {
        // given
        TestCertificate certificate = TestCertificate.make(folder, "dns:kubernetes");
        TestCertificate impostors = TestCertificate.make(folder, "dns:kubernetes");
        try (StandIn other = StandIn.tls(impostors, (request, answer) -> answer.json(200, LeaseJsonTest.LEASE));
                ElectionClient client = ofVerified(certificate, 1)) {
            KubernetesLeaseStore store = store(client);
            assertThat(store.read()).isInstanceOf(LeaseAnswer.Failed.class);
            client.fallBackTo(List.of(
                    new ApiServer(true, Addresses.literal("127.0.0.1").orElseThrow(), other.port(), "kubernetes", "")));

            // when
            LeaseAnswer.Failed answer = failed(store.read());

            // then
            assertThat(answer.detail()).contains("TLS", ":" + other.port());
            assertThat(other.requests).isEmpty();
        }
    }

    private ElectionClient ofVerified(TestCertificate certificate, int port) throws Exception {
        String authority = "certificate-authority-data: " + Kubeconfigs.data(certificate.certificatePem());
        return client("server: 'https://192.0.2.100:6443', " + authority, "token: t0ken", port);
    }
}
