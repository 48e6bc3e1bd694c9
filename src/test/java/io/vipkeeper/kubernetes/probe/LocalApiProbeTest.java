package io.vipkeeper.kubernetes.probe;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

import io.smallrye.mutiny.subscription.Cancellable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vipkeeper.grant.GrantEvent;
import io.vipkeeper.kubernetes.ElectionClient;
import io.vipkeeper.kubernetes.Kubeconfigs;
import io.vipkeeper.kubernetes.LocalServer;
import io.vipkeeper.kubernetes.NodeList;
import io.vipkeeper.kubernetes.Nodes;
import io.vipkeeper.kubernetes.StandIn;

import static org.assertj.core.api.Assertions.assertThat;

final class LocalApiProbeTest {
    private static final Duration ATTEMPT = Duration.ofSeconds(3);

    @TempDir
    private Path folder;

    private final List<Boolean> told = new CopyOnWriteArrayList<>();
    private final List<GrantEvent.LocalApi> news = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile boolean hangs;
    private volatile boolean starved;
    private final AtomicLong lost = new AtomicLong();

    private final Set<Socket> asked = ConcurrentHashMap.newKeySet();

    private Cancellable probe(ElectionClient client) {
        return new LocalApiProbe(new LocalServer(client), this::clock)
                .verdicts()
                .subscribe()
                .with(this::tell);
    }

    /** While the process is starved it loses 100 ms between any two looks at the clock. */
    private long clock() {
        return System.nanoTime() + lost.addAndGet(starved ? 100_000_000 : 0);
    }

    private void tell(GrantEvent.LocalApi event) {
        boolean turned = news.isEmpty() || news.getLast().ready() != event.ready();
        news.add(event);
        if (turned) {
            told.add(event.ready());
        }
    }

    /** Ready as the fields say; every other request hangs. */
    private void serve(StandIn.Request request, StandIn.Answer answer) throws IOException, InterruptedException {
        if (!request.target().equals("/readyz")) {
            answer.hang();
        }
        asked.add(answer.socket());
        while (hangs) {
            answer.pause(5);
        }
        answer.json(status, "ok");
    }

    private ElectionClient client(StandIn server) throws IOException {
        return Kubeconfigs.client(folder, server.port(), ATTEMPT);
    }

    private void awaitTold(Boolean... verdicts) {
        Awaitility.await().pollInterval(Duration.ofMillis(2)).untilAsserted(() -> assertThat(told)
                .containsExactly(verdicts));
    }

    private static void awaitRequests(StandIn server, int more) {
        int enough = server.requests.size() + more;
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> server.requests.size() >= enough);
    }

    @Test
    void aServerThatServesIsToldOnceAndAskedOverOneConnection() throws Exception {
        try (StandIn server = StandIn.plain(this::serve);
                ElectionClient client = client(server)) {
            Cancellable probe = probe(client);
            awaitRequests(server, 10);
            probe.cancel();
            assertThat(told).containsExactly(true);
            assertThat(asked).hasSize(1);
            assertThat(server.requests).allMatch(request -> request.target().equals("/readyz"));
        }
    }

    @ParameterizedTest
    @CsvSource({"200, true", "401, true", "403, true", "500, false", "503, false", "404, false", "302, false"})
    void aServerThatRefusesAStrangerServesAllTheSame(int answered, boolean ready) throws Exception {
        status = answered;
        try (StandIn server = StandIn.plain(this::serve);
                ElectionClient client = client(server)) {
            Cancellable probe = probe(client);
            awaitTold(ready);
            probe.cancel();
        }
    }

    @Test
    void aServerThatIsIllIsToldAndSoIsItsRecovery() throws Exception {
        try (StandIn server = StandIn.plain(this::serve);
                ElectionClient client = client(server)) {
            Cancellable probe = probe(client);
            awaitTold(true);
            // when it says that it is not ready
            long began = System.nanoTime();
            status = 500;
            awaitTold(true, false);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(450));
            // when it is again
            status = 200;
            awaitTold(true, false, true);
            probe.cancel();
        }
    }

    @Test
    void aServerThatHangsIsToldWithinTheBoundAndRecoversOverANewConnection() throws Exception {
        try (StandIn server = StandIn.plain(this::serve);
                ElectionClient client = client(server)) {
            // given one that serves
            Cancellable probe = probe(client);
            awaitTold(true);
            for (int round = 0; round < 5; round++) {
                // when it hangs, at a different moment between two probes each time
                awaitRequests(server, 1);
                Thread.onSpinWait();
                told.clear();
                long hung = System.nanoTime();
                hangs = true;
                awaitTold(false);
                Duration took = Duration.ofNanos(System.nanoTime() - hung);
                System.out.println("hung server told after " + took.toMillis() + " ms");
                assertThat(took).isLessThan(Duration.ofMillis(650));
                // and goes on after some more of the probes hung
                awaitRequests(server, 3);
                long back = System.nanoTime();
                hangs = false;
                awaitTold(false, true);
                took = Duration.ofNanos(System.nanoTime() - back);
                System.out.println("recovery told after " + took.toMillis() + " ms");
                assertThat(took).isLessThan(Duration.ofSeconds(1));
            }
            probe.cancel();
        }
    }

    @Test
    void whatAStarvedProcessDidNotHearIsNotHeldAgainstTheServer() throws Exception {
        try (StandIn server = StandIn.plain(this::serve);
                ElectionClient client = client(server)) {
            // given one that serves
            Cancellable probe = probe(client);
            awaitTold(true);
            // when its answers stay away while this process hardly runs
            starved = true;
            hangs = true;
            awaitRequests(server, 6);
            // then
            assertThat(told).containsExactly(true);
            // when it runs again
            starved = false;
            // then
            awaitTold(true, false);
            hangs = false;
            probe.cancel();
        }
    }

    @Test
    void eachAnswerIsEvidenceFromWhenItWasAskedForAndSoIsTheFirstSilence() throws Exception {
        try (StandIn server = StandIn.plain(this::serve);
                ElectionClient client = client(server)) {
            // given one that serves
            long start = System.nanoTime();
            Cancellable probe = probe(client);
            Awaitility.await().until(() -> news.size() >= 4);
            // when it hangs
            long hung = System.nanoTime();
            hangs = true;
            awaitTold(true, false);
            long now = System.nanoTime();
            hangs = false;
            probe.cancel();
            // then
            List<Long> evidence = news.stream()
                    .map(event -> event.evidenceNanos().orElseThrow())
                    .toList();
            assertThat(evidence).isSorted().doesNotHaveDuplicates().allMatch(nanos -> nanos - start >= 0);
            assertThat(evidence.get(news.size() - 2)).as("the last good probe").isLessThan(hung);
            assertThat(Duration.ofNanos(evidence.getLast() - hung))
                    .isBetween(Duration.ofMillis(-20), Duration.ofMillis(400));
            assertThat(Duration.ofNanos(now - evidence.getLast())).isGreaterThan(Duration.ofMillis(290));
        }
    }

    @Test
    void aServerThatIsGoneIsToldInAQuarterOfASecond() throws Exception {
        for (int round = 0; round < 5; round++) {
            told.clear();
            news.clear();
            StandIn server = StandIn.plain(this::serve);
            try (ElectionClient client = client(server)) {
                Cancellable probe = probe(client);
                awaitTold(true);
                // when
                long began = System.nanoTime();
                server.close();
                // then
                awaitTold(true, false);
                Duration took = Duration.ofNanos(System.nanoTime() - began);
                System.out.println("killed server told after " + took.toMillis() + " ms");
                assertThat(took).isLessThan(Duration.ofMillis(250));
                probe.cancel();
            }
        }
    }

    @Test
    void requestsOfTheElectionThatHangHinderNoProbe() throws Exception {
        try (StandIn server = StandIn.plain(this::serve);
                ElectionClient client = client(server)) {
            // given more requests that hang than the client has connections for
            List<Cancellable> others = new CopyOnWriteArrayList<>();
            for (int i = 0; i < 20; i++) {
                others.add(new Nodes(client, Duration.ofSeconds(1), Duration.ofSeconds(1), sentence -> true)
                        .changes()
                        .map(NodeList::owners)
                        .subscribe()
                        .with(owners -> {}));
            }
            Awaitility.await()
                    .until(() -> server.requests.stream()
                                    .filter(request -> request.target().contains("nodes"))
                                    .count()
                            >= 8);
            // when
            Cancellable probe = probe(client);
            awaitTold(true);
            long began = System.nanoTime();
            awaitRequests(server, 10);
            // then the probes keep their pace
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(3000));
            assertThat(told).containsExactly(true);
            assertThat(asked).hasSize(1);
            probe.cancel();
            others.forEach(Cancellable::cancel);
        }
    }

    @Test
    void aServerOnAnotherNodeIsNotProbed() throws Exception {
        Path file =
                Files.writeString(folder.resolve("config"), Kubeconfigs.text("server: 'http://192.0.2.50:6443'", ""));
        try (ElectionClient client = new ElectionClient(
                Kubeconfigs.access(folder, Kubeconfigs.settings(file, "http://192.0.2.50:6443", 6443)), ATTEMPT)) {
            assertThat(new LocalServer(client).address(ATTEMPT)).isEmpty();
            Cancellable probe = probe(client);
            Awaitility.await().during(Duration.ofMillis(700)).until(told::isEmpty);
            probe.cancel();
        }
    }

    @Test
    void aConfigurationThatComesLaterOrChangesIsFollowed() throws Exception {
        status = 500;
        try (StandIn server = StandIn.plain(this::serve);
                StandIn other = StandIn.plain((request, answer) -> answer.json(200, "ok"))) {
            Path file = folder.resolve("config");
            try (ElectionClient client =
                    new ElectionClient(Kubeconfigs.access(folder, Kubeconfigs.settings(file, "", 6443)), ATTEMPT)) {
                // given no kubeconfig, and then one
                Cancellable probe = probe(client);
                Awaitility.await().during(Duration.ofMillis(300)).until(told::isEmpty);
                Files.writeString(file, Kubeconfigs.text("server: 'http://127.0.0.1:" + server.port() + "'", ""));
                awaitTold(false);
                // when it leads to another server of this node, then that one counts
                Files.writeString(file, Kubeconfigs.text("server: 'http://127.0.0.1:" + other.port() + "'", ""));
                awaitTold(false, true);
                // when it leads to the ill one and then away, then this node is not blamed for it
                Files.writeString(file, Kubeconfigs.text("server: 'http://127.0.0.1:" + server.port() + "'", ""));
                awaitTold(false, true, false);
                Files.writeString(file, Kubeconfigs.text("server: 'http://192.0.2.50:6443'", ""));
                awaitTold(false, true, false, true);
                assertThat(news.getLast().evidenceNanos()).isEmpty();
                probe.cancel();
            }
        }
    }

    @Test
    void cancellingEndsTheThreads() throws Exception {
        try (StandIn server = StandIn.plain(this::serve);
                ElectionClient client = client(server)) {
            Cancellable probe = probe(client);
            awaitTold(true);
            probe.cancel();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                            .noneMatch(thread -> thread.getName().equals("vipkeeper-readyz")
                                    || thread.getName().equals("vipkeeper-connect")));
        }
    }
}
