package io.vipkeeper.kubernetes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseDraft;
import io.vipkeeper.lease.LeaseRecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

final class KubernetesLeaseStoreTest {
    private static final Duration ATTEMPT = Duration.ofMillis(400);

    /** For answers that need no waiting, even on a machine that is busy. */
    private static final Duration PATIENT = Duration.ofSeconds(5);

    /** What the machine's scheduler may add to the bound. */
    private static final Duration SLACK = Duration.ofMillis(500);

    private static final LeaseName NAME = new LeaseName("kube-system", "plndr-cp-lock");
    private static final LeaseDraft DRAFT = new LeaseDraft("a", 5, 7, false, Map.of("ours", "new"));

    @TempDir
    private Path folder;

    private record Timed(LeaseAnswer answer, Duration took) {}

    /** The store is warmed by an answered read before the one that counts. */
    private Timed against(StandIn.Script script, Function<KubernetesLeaseStore, LeaseAnswer> act) throws IOException {
        return against(PATIENT, script, act);
    }

    private Timed against(Duration bound, StandIn.Script script, Function<KubernetesLeaseStore, LeaseAnswer> act)
            throws IOException {
        boolean[] warm = {false};
        try (StandIn server = StandIn.plain((request, answer) -> {
                    if (!warm[0]) {
                        warm[0] = true;
                        answer.json(200, LeaseJsonTest.LEASE);
                    } else {
                        script.answer(request, answer);
                    }
                });
                ElectionClient client = Kubeconfigs.client(folder, server.port(), bound)) {
            KubernetesLeaseStore store = store(client);
            store.warm();
            return timed(() -> act.apply(store));
        }
    }

    private static Timed timed(java.util.function.Supplier<LeaseAnswer> act) {
        long began = System.nanoTime();
        LeaseAnswer answer = act.get();
        return new Timed(answer, Duration.ofNanos(System.nanoTime() - began));
    }

    private static KubernetesLeaseStore store(ElectionClient client) {
        return new KubernetesLeaseStore(
                client, NAME, InstantSource.fixed(Instant.parse("2026-01-02T03:04:05.123456Z")));
    }

    private static LeaseAnswer replace(KubernetesLeaseStore store) {
        return store.replace(new LeaseRecord("42", "a", 5, 7, "", "", Map.of()), DRAFT);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "400, REJECTED",
        "401, UNAUTHORIZED",
        "403, FORBIDDEN",
        "410, REJECTED",
        "422, REJECTED",
        "429, THROTTLED",
        "500, SERVER_ERROR",
        "503, SERVER_ERROR",
        "504, SERVER_ERROR",
        "302, NONSENSE",
        "206, NONSENSE"
    })
    void aRefusalIsSortedByItsStatus(int status, ApiFailure cause) throws IOException {
        StandIn.Script script = (request, answer) -> answer.status(status, "Because", "it said no");
        for (Function<KubernetesLeaseStore, LeaseAnswer> act : all()) {
            LeaseAnswer answer = against(script, act).answer();
            assertThat(answer).isInstanceOfSatisfying(LeaseAnswer.Failed.class, failed -> {
                assertThat(failed.cause()).isEqualTo(cause);
                assertThat(failed.detail())
                        .contains(
                                "kube-system/plndr-cp-lock",
                                "127.0.0.1",
                                "someone",
                                String.valueOf(status),
                                "it said no");
            });
        }
    }

    private static java.util.List<Function<KubernetesLeaseStore, LeaseAnswer>> all() {
        return java.util.List.of(
                KubernetesLeaseStore::read, store -> store.create(DRAFT), KubernetesLeaseStoreTest::replace);
    }

    @Test
    void notFoundMeansNoLeaseExceptWhenCreating() throws IOException {
        StandIn.Script script = (request, answer) -> answer.status(404, "NotFound", "no such thing");
        assertThat(against(script, KubernetesLeaseStore::read).answer()).isEqualTo(new LeaseAnswer.Missing());
        assertThat(against(script, KubernetesLeaseStoreTest::replace).answer()).isEqualTo(new LeaseAnswer.Missing());
        assertThat(against(script, store -> store.create(DRAFT)).answer())
                .isInstanceOfSatisfying(LeaseAnswer.Failed.class, failed -> assertThat(failed.cause())
                        .isEqualTo(ApiFailure.REJECTED));
    }

    @ParameterizedTest
    @CsvSource({"AlreadyExists", "Conflict"})
    void bothKindsOf409AreAConflict(String reason) throws IOException {
        StandIn.Script script = (request, answer) -> answer.status(409, reason, "somebody was faster");
        for (Function<KubernetesLeaseStore, LeaseAnswer> act : all()) {
            assertThat(against(script, act).answer()).isEqualTo(new LeaseAnswer.Conflict());
        }
    }

    static Stream<Arguments> broken() {
        String head = "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n";
        return Stream.of(
                broken("hangs", ApiFailure.TIMEOUT, (request, answer) -> answer.hang()),
                broken("hangs after the head", ApiFailure.TIMEOUT, (request, answer) -> {
                    answer.raw(head);
                    answer.hang();
                }),
                broken("drips", ApiFailure.TIMEOUT, (request, answer) -> {
                    answer.raw(head);
                    for (int i = 0; i < 900; i++) {
                        answer.raw(" ");
                        answer.pause(20);
                    }
                }),
                broken("resets", ApiFailure.UNREACHABLE, (request, answer) -> answer.reset()),
                broken("closes", ApiFailure.UNREACHABLE, (request, answer) -> answer.socket()
                        .close()),
                broken("breaks off", ApiFailure.NONSENSE, (request, answer) -> {
                    answer.raw(head + "{\"kind\":\"Lease\",");
                    answer.socket().close();
                }),
                broken(
                        "truncated JSON",
                        ApiFailure.NONSENSE,
                        (request, answer) -> answer.json(200, LeaseJsonTest.LEASE.substring(0, 200))),
                broken("no JSON", ApiFailure.NONSENSE, (request, answer) -> answer.json(200, "<html>hello</html>")),
                broken("nothing", ApiFailure.NONSENSE, (request, answer) -> answer.json(200, "")),
                broken(
                        "another kind",
                        ApiFailure.NONSENSE,
                        (request, answer) -> answer.json(200, "{\"kind\":\"Pod\"}")),
                broken("no HTTP", ApiFailure.NONSENSE, (request, answer) -> {
                    answer.raw("SSH-2.0-OpenSSH_9.6\r\n\r\n");
                    answer.hang();
                }),
                broken(
                        "endless head",
                        ApiFailure.NONSENSE,
                        (request, answer) -> answer.raw("HTTP/1.1 200 OK\r\nX: " + "x".repeat(100_000) + "\r\n\r\n")),
                broken("endless body", ApiFailure.NONSENSE, (request, answer) -> {
                    answer.raw("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n");
                    while (true) {
                        answer.raw("x".repeat(100_000));
                    }
                }));
    }

    private static Arguments broken(String what, ApiFailure cause, StandIn.Script script) {
        return arguments(what, cause, script);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void aServerThatMisbehavesIsAFailureWithinTheBound(String what, ApiFailure cause, StandIn.Script script)
            throws IOException {
        for (Function<KubernetesLeaseStore, LeaseAnswer> act : all()) {
            Duration bound = cause == ApiFailure.TIMEOUT ? ATTEMPT : PATIENT;
            Timed timed = against(bound, script, act);
            assertThat(timed.answer()).isInstanceOfSatisfying(LeaseAnswer.Failed.class, failed -> {
                assertThat(failed.cause()).as(failed.detail()).isEqualTo(cause);
                assertThat(failed.detail()).isNotBlank().doesNotContain("\n").hasSizeLessThan(700);
            });
            assertThat(timed.took())
                    .isLessThan(cause == ApiFailure.TIMEOUT ? bound.plus(SLACK) : Duration.ofSeconds(2));
        }
    }

    @Test
    void nobodyListeningIsUnreachableAtOnce() throws IOException {
        // given a port that was free a moment ago
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        try (ElectionClient client = Kubeconfigs.client(folder, port, PATIENT)) {
            KubernetesLeaseStore store = store(client);
            store.warm();
            // when
            Timed timed = timed(store::read);
            // then
            assertThat(timed.answer())
                    .isInstanceOfSatisfying(LeaseAnswer.Failed.class, failed -> assertThat(failed.cause())
                            .isEqualTo(ApiFailure.UNREACHABLE));
            assertThat(timed.took()).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void aHungServerDoesNotUseUpTheConnections() throws IOException {
        // given a server that hangs for many requests and then answers
        int[] asked = {0};
        try (StandIn server = StandIn.plain((request, answer) -> {
                    if (asked[0]++ < 12) {
                        answer.hang();
                    }
                    answer.json(200, LeaseJsonTest.LEASE);
                });
                ElectionClient client = Kubeconfigs.client(folder, server.port(), Duration.ofMillis(150))) {
            KubernetesLeaseStore store = store(client);
            // when
            for (int i = 0; i < 12; i++) {
                assertThat(store.read()).isInstanceOf(LeaseAnswer.Failed.class);
            }
            // then
            LeaseAnswer last = store.read();
            assertThat(last).isInstanceOf(LeaseAnswer.Found.class);
        }
    }

    @Test
    void anObjectThatIsNotRememberedIsReadBeforeItIsReplaced() throws IOException {
        // given a store that has seen nothing, as after a long silence
        try (StandIn server = StandIn.plain((request, answer) -> answer.json(200, LeaseJsonTest.LEASE));
                ElectionClient client = Kubeconfigs.client(folder, server.port(), Duration.ofSeconds(5))) {
            // when the version is still the same
            LeaseAnswer same = replace(store(client));
            // then the identity of the object goes along
            assertThat(same).isInstanceOf(LeaseAnswer.Found.class);
            assertThat(server.requests.stream().map(StandIn.Request::method)).containsExactly("GET", "PUT");
            assertThat(server.requests.get(1).body()).contains("\"uid\":\"u1\"", "\"team\":\"net\"");
            // when it is another, then nothing is written
            LeaseRecord old = new LeaseRecord("41", "a", 5, 7, "", "", Map.of());
            assertThat(store(client).replace(old, DRAFT)).isEqualTo(new LeaseAnswer.Conflict());
            assertThat(server.requests.stream().map(StandIn.Request::method)).containsExactly("GET", "PUT", "GET");
        }
    }

    @Test
    void aRehearsalHasTheServerOnlyTryToReplaceTheLeaseByItself() throws IOException {
        // given
        try (StandIn server = StandIn.plain((request, answer) -> answer.json(200, LeaseJsonTest.LEASE));
                ElectionClient client = Kubeconfigs.client(folder, server.port(), Duration.ofSeconds(5))) {
            KubernetesLeaseStore store = store(client);
            LeaseRecord now = ((LeaseAnswer.Found) store.read()).record();
            // when
            store.rehearse();
            // then
            assertThat(server.requests.stream().map(StandIn.Request::method)).containsExactly("GET", "GET", "PUT");
            assertThat(server.requests.getLast().target()).endsWith("/leases/plndr-cp-lock?dryRun=All");
            assertThat(server.requests.getLast().body())
                    .contains("\"holderIdentity\":\"" + now.holderIdentity() + "\"", "\"resourceVersion\":\"42\"");
        }
    }

    @Test
    void requestsAreWhatAnApiServerExpects() throws IOException {
        // given
        try (StandIn server = StandIn.plain((request, answer) -> answer.json(200, LeaseJsonTest.LEASE));
                ElectionClient client = Kubeconfigs.client(folder, server.port(), Duration.ofSeconds(5))) {
            KubernetesLeaseStore store = store(client);
            // when
            LeaseAnswer.Found found = (LeaseAnswer.Found) store.read();
            store.create(DRAFT);
            store.replace(found.record(), DRAFT);
            // then
            String leases = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases";
            assertThat(server.requests.stream().map(r -> r.method() + " " + r.target()))
                    .containsExactly(
                            "GET " + leases + "/plndr-cp-lock", "POST " + leases, "PUT " + leases + "/plndr-cp-lock");
            assertThat(server.requests.get(2).body())
                    .contains("\"resourceVersion\":\"42\"", "\"theirs\":\"kept\"", "\"ours\":\"new\"", "managedFields")
                    .contains(
                            "\"team\":\"net\"",
                            "\"preferredHolder\":\"b\"",
                            "\"renewTime\":\"2026-01-02T03:04:05.123456Z\"");
            assertThat(server.requests.get(2).headers()).containsEntry("content-type", "application/json");
            assertThat(server.connections()).isEqualTo(1);
        }
    }
}
