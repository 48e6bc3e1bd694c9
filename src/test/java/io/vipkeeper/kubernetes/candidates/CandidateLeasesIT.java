package io.vipkeeper.kubernetes.candidates;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.smallrye.mutiny.subscription.Cancellable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.vipkeeper.grant.Candidate;
import io.vipkeeper.kubernetes.AgainstApiServer;
import io.vipkeeper.kubernetes.ElectionClient;
import io.vipkeeper.kubernetes.KubernetesLeaseStore;
import io.vipkeeper.kubernetes.LeaseName;
import io.vipkeeper.kubernetes.WatchPace;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseRecord;

import static org.assertj.core.api.Assertions.assertThat;

/** Candidates through a real kube-apiserver, with exactly the rights of k8s/010-rbac.yaml. */
final class CandidateLeasesIT extends AgainstApiServer {

    private final List<String> trouble = new CopyOnWriteArrayList<>();
    private final List<Life> lives = new ArrayList<>();

    @BeforeAll
    static void grantRights() throws Exception {
        server.grantDocumentedRights(admin, "none");
    }

    private final class Life {
        final ElectionClient client;
        final CandidateLeases leases;
        final List<List<Candidate>> told = new CopyOnWriteArrayList<>();
        final Cancellable subscription;

        Life(String node, String process) throws IOException {
            client = server.client("member", "token: none-token", ATTEMPT);
            leases = new CandidateLeases(
                    client,
                    Candidates.ELECTION,
                    Candidates.candidate(node, process),
                    "1.2.3",
                    InstantSource.system(),
                    WatchPace.DEFAULT,
                    trouble::add,
                    trouble::add);
            subscription = leases.changes().subscribe().with(event -> told.add(event.all()));
            lives.add(this);
        }

        Duration awaitAll(Candidate... all) {
            long began = System.nanoTime();
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> !told.isEmpty() && told.getLast().equals(List.of(all)));
            return Duration.ofNanos(System.nanoTime() - began);
        }

        void kill() {
            subscription.cancel();
            client.close();
        }
    }

    @AfterEach
    void end() {
        lives.forEach(life -> life.leases.leave(ATTEMPT));
        lives.forEach(Life::kill);
    }

    private static Candidate first(String process) {
        return Candidates.candidate("control-plane-1", process);
    }

    private static Candidate second(String process) {
        return Candidates.candidate("control-plane-2", process);
    }

    private static KubernetesLeaseStore lease(String node) {
        return new KubernetesLeaseStore(
                admin, new LeaseName("kube-system", "vipkeeper-" + node), InstantSource.system());
    }

    private static LeaseRecord found(LeaseAnswer answer) {
        assertThat(answer).isInstanceOf(LeaseAnswer.Found.class);
        return ((LeaseAnswer.Found) answer).record();
    }

    @Test
    void candidatesKnowEachOtherFromStartToStop() throws Exception {
        // given
        Life a = new Life("control-plane-1", "p1");
        a.awaitAll(first("p1"));
        // when another one starts
        Life b = new Life("control-plane-2", "p1");
        Duration known = a.awaitAll(first("p1"), second("p1"));
        Duration knows = b.awaitAll(first("p1"), second("p1"));
        System.out.printf(
                "a start is known after %d ms, and knows after %d more%n", known.toMillis(), knows.toMillis());
        assertThat(known.plus(knows)).isLessThan(Duration.ofMillis(500));
        // when it dies and starts again, some times
        Life again = b;
        for (int life = 2; life <= 6; life++) {
            again.kill();
            again = new Life("control-plane-2", "p" + life);
            Duration replaced = a.awaitAll(first("p1"), second("p" + life));
            again.awaitAll(first("p1"), second("p" + life));
            System.out.printf("a restart is known after %d ms%n", replaced.toMillis());
        }
        // when somebody deletes its Lease, then it is there again
        LeaseRecord before = found(lease("control-plane-2").read());
        assertThat(lease("control-plane-2").delete(before, ATTEMPT)).isEqualTo(new LeaseAnswer.Missing());
        a.awaitAll(first("p1"));
        Duration restored = a.awaitAll(first("p1"), second("p6"));
        // when it stops, then it is gone, and stays so
        long began = System.nanoTime();
        assertThat(again.leases.leave(ATTEMPT)).isTrue();
        Duration left = Duration.ofNanos(System.nanoTime() - began);
        a.awaitAll(first("p1"));
        assertThat(lease("control-plane-2").read()).isEqualTo(new LeaseAnswer.Missing());
        System.out.printf(
                "a deleted Lease is back after %d ms, a stop takes %d%n", restored.toMillis(), left.toMillis());
        assertThat(left).isLessThan(Duration.ofMillis(500));
        assertThat(trouble).isEmpty();
    }

    @Test
    void aLeaseThatChangedMeanwhileIsNotDeletedUnseen() {
        KubernetesLeaseStore store = lease("any");
        var draft = new io.vipkeeper.lease.LeaseDraft("any", 180, 0, true, java.util.Map.of("a", "b"));
        LeaseRecord created = found(store.create(draft));
        LeaseRecord renewed = found(store.replace(created, draft));
        assertThat(store.delete(created, ATTEMPT)).isEqualTo(new LeaseAnswer.Conflict());
        assertThat(store.delete(renewed, ATTEMPT)).isEqualTo(new LeaseAnswer.Missing());
        assertThat(store.delete(renewed, ATTEMPT)).isEqualTo(new LeaseAnswer.Missing());
    }

    @Test
    void aNodeThatTheRoleDoesNotNameIsToldSo() throws Exception {
        // given a Lease that an earlier life of a node left, whose name is not filled in
        lease("worker").create(new io.vipkeeper.lease.LeaseDraft("worker", 180, 0, true, java.util.Map.of("a", "b")));
        // when
        Life odd = new Life("worker", "p1");
        // then
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> trouble.stream()
                .anyMatch(sentence ->
                        sentence.contains("vipkeeper-worker cannot be written") && sentence.contains("403")));
        odd.kill();
        lease("worker").delete(found(lease("worker").read()), ATTEMPT);
    }
}
