package io.vipkeeper.kubernetes;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.http.HttpMethod;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseDraft;
import io.vipkeeper.lease.LeaseEvent;
import io.vipkeeper.lease.LeaseRecord;

import static org.assertj.core.api.Assertions.assertThat;

/** The adapters against kube-apiserver and etcd, whose answers a stand-in can only repeat from hearsay. */
final class RealApiServerIT extends AgainstApiServer {
    private static final LeaseDraft MINE = new LeaseDraft("a", 5, 0, true, Map.of("vipkeeper.io/process", "p1"));

    private static ElectionClient client(String name, String user) throws IOException {
        return server.client(name, user, ATTEMPT);
    }

    private static KubernetesLeaseStore store(ElectionClient client, String name) {
        return new KubernetesLeaseStore(client, new LeaseName("kube-system", name), InstantSource.system());
    }

    private static JsonNode get(ElectionClient client, String uri) {
        return client.exchange(ApiCall.Request.get(uri)) instanceof ApiReply.Answered answered
                        && answered.status() == 200
                ? LeaseJson.tree(answered.body())
                : null;
    }

    private static int send(HttpMethod method, String uri, String body) {
        ApiReply reply =
                admin.exchange(new ApiCall.Request(method, uri, Optional.of(body.getBytes(StandardCharsets.UTF_8))));
        return ((ApiReply.Answered) reply).status();
    }

    private static LeaseRecord found(LeaseAnswer answer) {
        assertThat(answer).isInstanceOf(LeaseAnswer.Found.class);
        return ((LeaseAnswer.Found) answer).record();
    }

    @Test
    void aLeaseLivesFromCreationToRelease() {
        // given no Lease
        KubernetesLeaseStore store = store(admin, "life");
        assertThat(store.read()).isEqualTo(new LeaseAnswer.Missing());
        // when it is created, and created again
        LeaseRecord created = found(store.create(MINE));
        assertThat(store.create(MINE)).isEqualTo(new LeaseAnswer.Conflict());
        // then it reads back as it was written, and renewals go on from each answer
        assertThat(found(store.read())).isEqualTo(created);
        assertThat(created.holderIdentity()).isEqualTo("a");
        assertThat(created.acquireTime()).isEqualTo(created.renewTime()).matches("\\d{4}-.*\\.\\d{6}Z");
        LeaseRecord renewed = found(store.replace(created, new LeaseDraft("a", 5, 0, false, Map.of())));
        assertThat(renewed.acquireTime()).isEqualTo(created.acquireTime());
        assertThat(renewed.renewTime()).isGreaterThan(created.renewTime());
        assertThat(renewed.annotations()).containsEntry("vipkeeper.io/process", "p1");
        // and an old version conflicts
        assertThat(store.replace(created, MINE)).isEqualTo(new LeaseAnswer.Conflict());
        // when it is released, then nobody holds it
        LeaseRecord released = found(store.replace(renewed, new LeaseDraft("", 1, 0, true, Map.of())));
        assertThat(released.isFree()).isTrue();
        assertThat(released.leaseDurationSeconds()).isEqualTo(1);
        JsonNode spec = get(admin, store.name().object()).path("spec");
        assertThat(spec.path("holderIdentity").isTextual()).isTrue();
    }

    @Test
    void whatOthersWroteStays() {
        // given a Lease with much that is not ours
        KubernetesLeaseStore store = store(admin, "kept");
        int status = send(HttpMethod.POST, store.name().collection(), """
                {"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"kept",
                "labels":{"team":"net"},"annotations":{"theirs":"kept"},"finalizers":["example.com/guard"],
                "ownerReferences":[{"apiVersion":"v1","kind":"Node","name":"n","uid":"u-1"}]},"spec":{}}""");
        assertThat(status).isEqualTo(201);
        LeaseRecord free = found(store.read());
        assertThat(free).isEqualTo(new LeaseRecord(free.resourceVersion(), "", 0, 0, "", "", Map.of("theirs", "kept")));
        // when it is taken
        found(store.replace(free, MINE));
        // then
        JsonNode metadata = get(admin, store.name().object()).path("metadata");
        assertThat(metadata.path("labels").path("team").asText()).isEqualTo("net");
        assertThat(metadata.path("finalizers").path(0).asText()).isEqualTo("example.com/guard");
        assertThat(metadata.path("ownerReferences").path(0).path("uid").asText())
                .isEqualTo("u-1");
        assertThat(metadata.path("annotations").path("theirs").asText()).isEqualTo("kept");
        assertThat(metadata.path("annotations").path("vipkeeper.io/process").asText())
                .isEqualTo("p1");
    }

    @Test
    void aDeletedLeaseIsNotReplaced() {
        KubernetesLeaseStore store = store(admin, "deleted");
        LeaseRecord created = found(store.create(MINE));
        assertThat(send(HttpMethod.DELETE, store.name().object(), "{}")).isEqualTo(200);
        // A PUT may create a Lease, but not with the identity of one that is gone.
        assertThat(store.replace(created, MINE)).isEqualTo(new LeaseAnswer.Conflict());
        assertThat(store.read()).isEqualTo(new LeaseAnswer.Missing());
        // nor when the whole object has been forgotten
        assertThat(store(admin, "deleted").replace(created, MINE)).isEqualTo(new LeaseAnswer.Missing());
    }

    @Test
    void aUserWithoutRightsAndAStrangerAreTold() throws IOException {
        try (ElectionClient none = client("none", "token: none-token");
                ElectionClient stranger = client("stranger", "token: who-token")) {
            for (LeaseAnswer answer :
                    List.of(store(none, "x").read(), store(none, "x").create(MINE))) {
                assertThat(answer).isInstanceOfSatisfying(LeaseAnswer.Failed.class, failed -> {
                    assertThat(failed.cause()).isEqualTo(ApiFailure.FORBIDDEN);
                    assertThat(failed.detail()).contains("none.conf", "User \"none\" cannot");
                });
            }
            assertThat(store(stranger, "x").read())
                    .isInstanceOfSatisfying(LeaseAnswer.Failed.class, failed -> assertThat(failed.cause())
                            .isEqualTo(ApiFailure.UNAUTHORIZED));
        }
        LeaseAnswer noNamespace =
                new KubernetesLeaseStore(admin, new LeaseName("nowhere", "x"), InstantSource.system()).create(MINE);
        assertThat(noNamespace).isInstanceOfSatisfying(LeaseAnswer.Failed.class, failed -> {
            assertThat(failed.cause()).isEqualTo(ApiFailure.REJECTED);
            assertThat(failed.detail()).contains("namespaces \"nowhere\" not found");
        });
    }

    @ParameterizedTest
    @CsvSource({"admin.crt, admin.key", "admin.crt, admin-pkcs1.key", "ec.crt, ec.key"})
    void clientCertificatesOfEachFormAreAccepted(String certificate, String key) throws IOException {
        String inFiles = "client-certificate: " + certificate + ", client-key: " + key;
        String inside = "client-certificate-data: " + Kubeconfigs.data(server.read(certificate)) + ", client-key-data: "
                + Kubeconfigs.data(server.read(key));
        for (String user : List.of(inFiles, inside)) {
            try (ElectionClient client = client("cert", user)) {
                assertThat(store(client, "none-of-this-name").read()).isEqualTo(new LeaseAnswer.Missing());
            }
        }
    }

    @Test
    void theNameOnTheCertificateIsReallyChecked() throws IOException {
        // given a kubeconfig that says 127.0.0.1, which the certificate is not for
        String cluster = "server: 'https://127.0.0.1:" + server.port + "', certificate-authority: ca.crt";
        Path file = Files.writeString(folder.resolve("ip.conf"), Kubeconfigs.text(cluster, "token: all-token"));
        var settings = new ApiSettings(file, "", 6443, Set.of(), Set.of());
        try (ElectionClient client = new ElectionClient(Kubeconfigs.access(folder, settings), ATTEMPT)) {
            assertThat(store(client, "x").read()).isInstanceOfSatisfying(LeaseAnswer.Failed.class, failed -> {
                assertThat(failed.cause()).isEqualTo(ApiFailure.UNREACHABLE);
                assertThat(failed.detail()).contains("TLS");
            });
        }
    }

    @Test
    void theWatchTellsOfEveryStepAndComesBackAfterAFreeze() throws Exception {
        // given a watch of a Lease that does not exist yet
        KubernetesLeaseStore store = store(admin, "watched");
        List<LeaseEvent> seen = new CopyOnWriteArrayList<>();
        WatchPace pace = new WatchPace(
                Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(60));
        Cancellable watch = new LeaseWatch(admin, store, pace, sentence -> true)
                .events()
                .subscribe()
                .with(seen::add);
        Awaitility.await().until(() -> seen.contains(new LeaseEvent.Gone()));
        // when it is created and deleted
        LeaseRecord created = found(store.create(MINE));
        Awaitility.await().until(() -> seen.contains(new LeaseEvent.Seen(created)));
        send(HttpMethod.DELETE, store.name().object(), "{}");
        Awaitility.await().until(() -> seen.getLast().equals(new LeaseEvent.Gone()));
        // when the server freezes, then a request ends within its bound
        server.signalServer("STOP");
        try {
            long began = System.nanoTime();
            LeaseAnswer answer = store.read();
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            assertThat(answer).isInstanceOfSatisfying(LeaseAnswer.Failed.class, failed -> assertThat(failed.cause())
                    .isEqualTo(ApiFailure.TIMEOUT));
            assertThat(took).isLessThan(ATTEMPT.plusMillis(500));
        } finally {
            server.signalServer("CONT");
        }
        // then the watch tells again
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> store.create(MINE) instanceof LeaseAnswer.Conflict);
        LeaseRecord again = found(store.read());
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> seen.contains(new LeaseEvent.Seen(again)));
        watch.cancel();
    }

    @Test
    void theAddressesOfNodesAreFound() {
        assertThat(send(
                        HttpMethod.POST,
                        "/api/v1/nodes",
                        "{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"n1\"}}"))
                .isEqualTo(201);
        JsonNode node = get(admin, "/api/v1/nodes/n1");
        ((com.fasterxml.jackson.databind.node.ObjectNode) node)
                .putObject("status")
                .putArray("addresses")
                .addObject()
                .put("type", "InternalIP")
                .put("address", "192.0.2.11");
        assertThat(send(HttpMethod.PUT, "/api/v1/nodes/n1/status", node.toString()))
                .isEqualTo(200);
        Map<InetAddress, String> all = new Nodes(admin, Duration.ofSeconds(60), Duration.ofSeconds(1), sentence -> true)
                .changes()
                .toUni()
                .await()
                .atMost(Duration.ofSeconds(10))
                .owners();
        assertThat(all).containsOnly(Map.entry(Addresses.literal("192.0.2.11").orElseThrow(), "n1"));
    }

    @Test
    void aRenewalTakesFewMilliseconds() {
        KubernetesLeaseStore store = store(admin, "timed");
        LeaseRecord lease = found(store.create(MINE));
        long[] took = new long[200];
        for (int i = 0; i < took.length; i++) {
            long began = System.nanoTime();
            lease = found(store.replace(lease, new LeaseDraft("a", 5, 0, false, Map.of())));
            took[i] = (System.nanoTime() - began) / 1000;
        }
        java.util.Arrays.sort(took);
        System.out.printf("renewals: median %d us, 99 %% %d us, longest %d us%n", took[100], took[197], took[199]);
        assertThat(took[100]).isLessThan(100_000);
    }
}
