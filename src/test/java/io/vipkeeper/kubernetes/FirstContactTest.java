package io.vipkeeper.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.vipkeeper.lease.LeaseAnswer;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
final class FirstContactTest {
    private static final ApiCall.Request NODES = ApiCall.Request.get("/api/v1/nodes");
    private static final long FAR = Long.MAX_VALUE / 2;

    private final AtomicLong clock = new AtomicLong();
    private final FirstContact contact = new FirstContact(clock::get);

    @TempDir
    private Path folder;

    private ElectionClient client(StandIn server) throws IOException {
        String cluster = "server: 'http://127.0.0.1:" + server.port() + "'";
        Path file = Files.writeString(folder.resolve("config"), Kubeconfigs.text(cluster, "token: t0ken"));
        return new ElectionClient(
                Kubeconfigs.access(folder, Kubeconfigs.settings(file, "", 6443)), Duration.ofSeconds(10));
    }

    @Test
    void aServerThatHasAnsweredNothingIsLeftToTheReadOfTheElection() throws Exception {
        // given a server that accepts, and answers later
        CountDownLatch started = new CountDownLatch(1);
        try (StandIn server = StandIn.plain((request, answer) -> {
                    started.await();
                    answer.json(403, "{}");
                });
                ElectionClient client = client(server)) {
            KubernetesLeaseStore store = new KubernetesLeaseStore(
                    client, new LeaseName("kube-system", "plndr-cp-lock"), InstantSource.system());
            CompletableFuture<LeaseAnswer> read = CompletableFuture.supplyAsync(store::read);
            Awaitility.await().until(() -> server.requests.size() == 1);

            // when others ask meanwhile
            ApiReply hasty = client.exchange(NODES, Duration.ofMillis(50), ElectionClient.LARGEST_ANSWER);
            CompletableFuture<ApiReply> patient = CompletableFuture.supplyAsync(() -> client.exchange(NODES));

            // then they wait, for their bound at the longest
            assertThat(hasty.text()).contains("no time left to ask");
            assertThat(server.connections()).isOne();

            // when it answers the election, with whatever status
            started.countDown();

            // then the others are answered, too
            assertThat(read.get()).isInstanceOf(LeaseAnswer.Failed.class);
            assertThat(patient.get()).isInstanceOf(ApiReply.Answered.class);
        }
    }

    @Test
    void nobodyWaitsWhileNoReadIsUnderWay() {
        // given
        contact.begin();
        contact.end();

        // when and then: this would never return
        contact.await(FAR);
    }

    @Test
    void nobodyWaitsForAReadAfterAnyServerAnsweredAnything() {
        // given
        contact.make();
        contact.begin();

        // when and then
        contact.await(FAR);
    }

    @Test
    void aServerThatHangsInTheElectionsReadsAloneKeepsOthersWaitingForTenSecondsAtMost() {
        // given reads that overlap
        contact.begin();
        clock.set(TimeUnit.SECONDS.toNanos(5));
        contact.begin();
        contact.end();
        clock.set(TimeUnit.SECONDS.toNanos(10));

        // when and then
        contact.await(FAR);
    }
}
