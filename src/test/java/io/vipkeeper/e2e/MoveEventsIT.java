package io.vipkeeper.e2e;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.vipkeeper.demo.lab.LabNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Kubernetes Events about a move, as a real API server has them where kubectl describe looks. */
class MoveEventsIT extends EndToEnd {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String BECAME = ",reason%3DBecameHolder";
    private static final String LEASE =
            "kube-system/events?fieldSelector=involvedObject.kind%3DLease,involvedObject.name%3Dplndr-cp-lock" + BECAME;
    private static final String NODE = "default/events?fieldSelector=involvedObject.kind%3DNode,involvedObject.uid%3D";

    @Test
    void aMoveLeavesOneEventOnTheLeaseAndOneOnTheNodeThatHoldsNow() {
        // given
        LabNode holder = cluster().awaitWhole(START_LIMIT);

        // when
        holder.kill();
        LabNode successor = awaitSuccessorOf(holder, WITHOUT_HOLDER);

        // then: who, from whom, why, and how long
        String who = successor + " holds 192.0.2.10 now, after " + holder + ": ";
        await().atMost(SOON).until(() -> notes(NODE + successor + BECAME, who).size() == 1);
        await().atMost(SOON).until(() -> notes(LEASE, who).size() == 1);
        String note = notes(LEASE, who).getFirst();
        assertThat(notes(NODE + successor + BECAME, who)).containsExactly(note);
        assertThat(note)
                .containsPattern("; the Lease was written in \\d+ ms, 192\\.0\\.2\\.10 announced \\d+ ms later$");
    }

    private List<String> notes(String where, String beginning) {
        return cluster()
                .api()
                .admin()
                .get("/api/v1/namespaces/" + where)
                .json()
                .path("items")
                .valueStream()
                .map(event -> event.path("message").asText())
                .filter(note -> note.startsWith(beginning))
                .toList();
    }
}
