package io.vipkeeper.kubernetes.candidates;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.subscription.Cancellable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vipkeeper.grant.Candidate;
import io.vipkeeper.kubernetes.ApiSurvey;
import io.vipkeeper.kubernetes.ElectionClient;
import io.vipkeeper.kubernetes.Kubeconfigs;
import io.vipkeeper.kubernetes.LeaseApi;
import io.vipkeeper.kubernetes.LeaseName;
import io.vipkeeper.kubernetes.StandIn;
import io.vipkeeper.kubernetes.WatchPace;

import static org.assertj.core.api.Assertions.assertThat;

final class CandidateLeasesTest {
    private static final WatchPace PACE =
            new WatchPace(Duration.ofMillis(20), Duration.ofMillis(80), Duration.ofSeconds(10), Duration.ofSeconds(60));

    @TempDir
    private Path folder;

    private final LeaseApi api = new LeaseApi();
    private final List<String> trouble = new CopyOnWriteArrayList<>();
    private final List<String> remarks = new CopyOnWriteArrayList<>();
    private final List<Life> lives = new ArrayList<>();

    /** One process: its way to the server, its candidacy, and what it was told. */
    private final class Life {
        final ElectionClient client;
        final CandidateLeases leases;
        final List<List<Candidate>> told = new CopyOnWriteArrayList<>();
        final Cancellable subscription;

        Life(int port, LeaseName election, Candidate self) throws IOException {
            client = Kubeconfigs.client(folder, port, Duration.ofSeconds(3));
            leases = new CandidateLeases(
                    client, election, self, "1.2.3", InstantSource.system(), PACE, trouble::add, remarks::add);
            subscription = leases.changes().subscribe().with(event -> told.add(event.all()));
            lives.add(this);
        }

        void awaitNodes(String... nodes) {
            Awaitility.await().pollInterval(Duration.ofMillis(2)).untilAsserted(() -> assertThat(told)
                    .isNotEmpty()
                    .last()
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Candidate.class))
                    .extracting(Candidate::node)
                    .containsExactly(nodes));
        }

        void kill() {
            subscription.cancel();
            client.close();
        }
    }

    @AfterEach
    void end() {
        lives.forEach(Life::kill);
    }

    private Life live(StandIn server, String node, String process) throws IOException {
        return new Life(server.port(), Candidates.ELECTION, Candidates.candidate(node, process));
    }

    private String note(String lease, String note) {
        JsonNode found = api.lease(lease);
        return found == null
                ? "no Lease"
                : found.path("metadata")
                        .path("annotations")
                        .path("vipkeeper.io/" + note)
                        .asText("");
    }

    private void await(Runnable assertion) {
        Awaitility.await().pollInterval(Duration.ofMillis(5)).untilAsserted(assertion::run);
    }

    @Test
    void aCandidateIsKnownToAllOthersAtOnceWithAllThatItSays() throws Exception {
        try (StandIn server = StandIn.plain(api)) {
            // given a candidate that runs
            Life a = live(server, "a", "p1");
            a.awaitNodes("a");
            // when another one starts
            Life b = live(server, "B.example", "p2");
            // then both know both, as they described themselves
            a.awaitNodes("B.example", "a");
            b.awaitNodes("B.example", "a");
            assertThat(a.told.getLast())
                    .containsExactly(Candidates.candidate("B.example", "p2"), Candidates.candidate("a", "p1"));
            // and what people see is complete
            JsonNode lease = api.lease("vipkeeper-b.example");
            JsonNode labels = lease.path("metadata").path("labels");
            assertThat(labels.path("app.kubernetes.io/name").asText()).isEqualTo("vipkeeper");
            assertThat(labels.path("vipkeeper.io/lease").asText()).isEqualTo("plndr-cp-lock");
            assertThat(lease.path("spec").path("holderIdentity").asText()).isEqualTo("B.example");
            assertThat(lease.path("spec").path("leaseDurationSeconds").asInt()).isEqualTo(180);
            assertThat(lease.path("spec").path("acquireTime").asText()).matches("\\d{4}-.*Z");
            assertThat(note("vipkeeper-b.example", "version")).isEqualTo("1.2.3");
            assertThat(trouble).isEmpty();
            assertThat(remarks).isEmpty();
        }
    }

    @Test
    void whatPeopleAreToldStandsInTheLeaseAndWhoeverOnlyLooksReadsIt() throws Exception {
        try (StandIn server = StandIn.plain(api)) {
            // given
            Life a = live(server, "a", "p1");
            a.awaitNodes("a");
            // when
            a.leases.tell("the interface cannot carry frames", "nftables");
            await(() -> assertThat(note("vipkeeper-a", "condition")).isEqualTo("the interface cannot carry frames"));
            a.leases.tell("ready", "nftables");
            await(() -> assertThat(note("vipkeeper-a", "condition")).isEqualTo("ready"));
            // then
            ApiSurvey.Told<List<CandidateList.Entry>> read = new CandidateList(a.client, Candidates.ELECTION).read();
            assertThat(read).isInstanceOfSatisfying(ApiSurvey.Told.Known.class, known -> assertThat(known.value())
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(CandidateList.Entry.class))
                    .singleElement()
                    .satisfies(entry -> {
                        assertThat(entry.candidate()).isEqualTo(Candidates.candidate("a", "p1"));
                        assertThat(entry.version()).isEqualTo("1.2.3");
                        assertThat(entry.condition()).isEqualTo("ready");
                        assertThat(entry.fence()).isEqualTo("nftables");
                        assertThat(entry.renewed()).isPresent();
                    }));
        }
    }

    @Test
    void whatSomebodyEditedOrDeletedIsWrittenAgain() throws Exception {
        try (StandIn server = StandIn.plain(api)) {
            // given
            Life a = live(server, "a", "p1");
            a.awaitNodes("a");
            // when somebody takes a label away, then it is put back
            String edited = api.lease("vipkeeper-a").toString().replace("\"plndr-cp-lock\"", "\"other\"");
            api.put(edited);
            await(() -> assertThat(api.lease("vipkeeper-a")
                            .path("metadata")
                            .path("labels")
                            .path("vipkeeper.io/lease")
                            .asText())
                    .isEqualTo("plndr-cp-lock"));
            a.awaitNodes("a");
            // when somebody changes the port
            api.put(api.lease("vipkeeper-a").toString().replace("\"7472\"", "\"1\""));
            await(() -> assertThat(note("vipkeeper-a", "port")).isEqualTo("7472"));
            // when somebody deletes it
            api.delete("vipkeeper-a");
            await(() -> assertThat(note("vipkeeper-a", "process")).isEqualTo("p1"));
            a.awaitNodes("a");
        }
    }

    @Test
    void whatAnotherWroteIntoItStays() throws Exception {
        try (StandIn server = StandIn.plain(api)) {
            Life a = live(server, "a", "p1");
            a.awaitNodes("a");
            api.put(api.lease("vipkeeper-a")
                    .toString()
                    .replace("\"annotations\":{", "\"annotations\":{\"theirs\":\"x\","));
            a.leases.become(new Candidate("a", "p1", "192.0.2.12", 7472, Candidates.key("ap1"), 7));
            await(() -> assertThat(note("vipkeeper-a", "weight")).isEqualTo("7"));
            assertThat(api.lease("vipkeeper-a")
                            .path("metadata")
                            .path("annotations")
                            .path("theirs")
                            .asText())
                    .isEqualTo("x");
        }
    }

    @Test
    void twoThatQuarrelAboutOneLeaseDoNotDoSoAsFastAsTheyCan() throws Exception {
        try (StandIn server = StandIn.plain(api)) {
            // given two nodes of one name
            Life one = live(server, "a", "p1");
            Life other = live(server, "a", "p2");
            // when they have had a second and a half
            long end = System.nanoTime() + Duration.ofMillis(1500).toNanos();
            Awaitility.await().until(() -> System.nanoTime() - end > 0);
            // then they wrote a few times, not hundreds of times
            assertThat(server.requests)
                    .filteredOn(request -> request.method().equals("PUT"))
                    .hasSizeBetween(1, 12);
            assertThat(one.told).isNotEmpty();
            assertThat(other.told).isNotEmpty();
        }
    }

    @Test
    void aNodeOfTheSameNameOnAnotherMachineLeavesTheLeaseAloneAndSaysSoOnce() throws Exception {
        try (StandIn server = StandIn.plain(api)) {
            // given
            Life first = live(server, "a", "p1");
            Life peer = live(server, "b", "p1");
            peer.awaitNodes("a", "b");
            // when
            Life twin = new Life(server.port(), Candidates.ELECTION, Candidates.candidate("a", "p2", "192.0.2.99"));
            twin.awaitNodes("a", "b");
            await(() -> assertThat(trouble).anyMatch(sentence -> sentence.contains("same name")));
            first.leases.tell("ready", "nftables");
            await(() -> assertThat(note("vipkeeper-a", "condition")).isEqualTo("ready"));
            // then
            assertThat(note("vipkeeper-a", "process")).isEqualTo("p1");
            assertThat(peer.told.getLast()).contains(Candidates.candidate("a", "p1"));
            assertThat(trouble)
                    .filteredOn(sentence -> sentence.contains("same name"))
                    .containsExactly(
                            "This node's Lease kube-system/vipkeeper-a cannot be written, so others do not know"
                                    + " it as a candidate. A node of the same name keeps it from 192.0.2.11;"
                                    + " give each its own with vip_nodename.");
            // when the first one ends
            assertThat(first.leases.leave(Duration.ofSeconds(3))).isTrue();
            // then its name is free
            await(() -> assertThat(note("vipkeeper-a", "process")).isEqualTo("p2"));
        }
    }

    @Test
    void aFreshProcessReplacesWhatItsEarlierLifeLeft() throws Exception {
        try (StandIn server = StandIn.plain(api)) {
            // given a life that ended without a word
            Life before = live(server, "a", "p1");
            before.awaitNodes("a");
            String acquired =
                    api.lease("vipkeeper-a").path("spec").path("acquireTime").asText();
            before.kill();
            // when
            Life after = live(server, "a", "p2");
            // then
            await(() -> assertThat(note("vipkeeper-a", "process")).isEqualTo("p2"));
            await(() -> assertThat(after.told.getLast()).containsExactly(Candidates.candidate("a", "p2")));
            assertThat(api.lease("vipkeeper-a").path("spec").path("acquireTime").asText())
                    .isNotEqualTo(acquired);
        }
    }

    @Test
    void anOrderlyStopDeletesTheLeaseForGood() throws Exception {
        try (StandIn server = StandIn.plain(api)) {
            Life a = live(server, "a", "p1");
            Life b = live(server, "b", "p1");
            b.awaitNodes("a", "b");
            a.awaitNodes("a", "b");
            // when, though somebody wrote into it just before
            api.put(api.lease("vipkeeper-a")
                    .toString()
                    .replace("\"annotations\":{", "\"annotations\":{\"theirs\":\"x\","));
            assertThat(a.leases.leave(Duration.ofSeconds(3))).isTrue();
            // then it is gone for the other, and not written again by its watch
            b.awaitNodes("b");
            a.awaitNodes("b");
            a.leases.become(Candidates.candidate("a", "p1"));
            assertThat(api.lease("vipkeeper-a")).isNull();
        }
    }

    @Test
    void aStopLeavesTheLeaseOfASuccessorAlone() throws Exception {
        try (StandIn server = StandIn.plain(api)) {
            Life before = live(server, "a", "p1");
            before.awaitNodes("a");
            // given a process that took the Lease over, unseen by the one that stops
            before.subscription.cancel();
            api.put(api.lease("vipkeeper-a").toString().replace("\"p1\"", "\"p2\""));
            // when and then
            assertThat(before.leases.leave(Duration.ofSeconds(3))).isTrue();
            assertThat(note("vipkeeper-a", "process")).isEqualTo("p2");
        }
    }

    @Test
    void aStopDoesNotWaitForAServerThatHangs() throws Exception {
        // given a server that answers only so far
        boolean[] hangs = {false};
        try (StandIn server = StandIn.plain((request, answer) -> {
            if (hangs[0] && !request.target().contains("watch=true")) {
                answer.hang();
            }
            api.answer(request, answer);
        })) {
            Life a = live(server, "a", "p1");
            a.awaitNodes("a");
            hangs[0] = true;
            // when
            long began = System.nanoTime();
            boolean gone = a.leases.leave(Duration.ofMillis(300));
            // then
            assertThat(gone).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(800));
        }
    }

    @Test
    void withoutAnApiServerItWaitsSaysSoAndGoesOnByItself() throws Exception {
        // given nobody who listens
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Life a = new Life(port, Candidates.ELECTION, Candidates.candidate("a", "p1"));
        await(() -> assertThat(trouble).anyMatch(sentence -> sentence.contains("vipkeeper-a cannot be written")));
        assertThat(a.told).isEmpty();
        a.kill();
        // given a server whose store is away
        api.breakDown(true);
        try (StandIn server = StandIn.plain(api)) {
            trouble.clear();
            Life b = live(server, "b", "p1");
            await(() -> assertThat(trouble).anyMatch(sentence -> sentence.contains("etcd is away")));
            Awaitility.await().until(() -> server.requests.size() > 12);
            assertThat(trouble)
                    .filteredOn(sentence -> sentence.contains("cannot be written"))
                    .hasSize(1);
            assertThat(b.told).isEmpty();
            // when it comes back, then all is as if nothing had been
            api.breakDown(false);
            b.awaitNodes("b");
        }
    }

    @Test
    void anOutageForgetsNobody() throws Exception {
        try (StandIn server = StandIn.plain(api)) {
            Life a = live(server, "a", "p1");
            live(server, "b", "p1");
            a.awaitNodes("a", "b");
            int told = a.told.size();
            api.breakDown(true);
            Awaitility.await().until(() -> server.requests.size() > 30);
            api.breakDown(false);
            live(server, "c", "p1");
            a.awaitNodes("a", "b", "c");
            assertThat(a.told).hasSize(told + 1);
        }
    }

    @Test
    void twoElectionsOnOneNodeKeepTwoLeases() throws Exception {
        try (StandIn server = StandIn.plain(api)) {
            Life control = live(server, "a", "p1");
            Life other =
                    new Life(server.port(), new LeaseName("kube-system", "vip.b"), Candidates.candidate("a", "p2"));
            control.awaitNodes("a");
            other.awaitNodes("a");
            assertThat(api.size()).isEqualTo(2);
            assertThat(control.told.getLast()).containsExactly(Candidates.candidate("a", "p1"));
            assertThat(other.told.getLast()).containsExactly(Candidates.candidate("a", "p2"));
        }
    }

    @Test
    void aNodeWhoseNameIsNoneInDnsSaysSoAndKnowsTheOthers() throws Exception {
        try (StandIn server = StandIn.plain(api)) {
            Life a = live(server, "a", "p1");
            Life odd = live(server, "my_node", "p1");
            odd.awaitNodes("a");
            a.awaitNodes("a");
            assertThat(remarks).singleElement().asString().contains("my_node", "vip_nodename");
            assertThat(odd.leases.leave(Duration.ofSeconds(1))).isTrue();
            assertThat(api.size()).isEqualTo(1);
        }
    }

    @Test
    void nothingOfAStrangerCountsAndNothingOfItBreaksTheWatch() throws Exception {
        try (StandIn server = StandIn.plain(api)) {
            // given Leases with our labels and nonsense in them
            String labels =
                    "\"labels\":{\"app.kubernetes.io/name\":\"vipkeeper\",\"vipkeeper.io/lease\":\"plndr-cp-lock\"}";
            api.put("{\"kind\":\"Lease\",\"metadata\":{\"name\":\"vipkeeper-x\"," + labels + "},\"spec\":7}");
            Life a = live(server, "a", "p1");
            a.awaitNodes("a");
            // when more come while it watches
            api.put("{\"kind\":\"Lease\",\"metadata\":{\"name\":\"vipkeeper-y\"," + labels + "}}");
            api.put("{\"kind\":\"Pod\",\"metadata\":{\"name\":\"vipkeeper-z\"," + labels + "}}");
            live(server, "b", "p1");
            // then
            a.awaitNodes("a", "b");
            assertThat(a.leases.refused()).isEqualTo(1);
            assertThat(remarks).allMatch(sentence -> sentence.contains("vipkeeper-y"));
            assertThat(trouble).isEmpty();
        }
    }

    @Test
    void cancellingEndsTheThreads() throws Exception {
        try (StandIn server = StandIn.plain(api)) {
            Life a = live(server, "a", "p1");
            a.awaitNodes("a");
            a.subscription.cancel();
            await(() -> assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("vipkeeper-candidate")));
        }
    }
}
