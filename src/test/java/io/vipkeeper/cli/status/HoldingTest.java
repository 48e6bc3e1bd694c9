package io.vipkeeper.cli.status;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.vipkeeper.cli.status.Diagnosis.Level;

import static org.assertj.core.api.Assertions.assertThat;

class HoldingTest extends Trio {
    @Test
    void aHolderThatIsGoneIsNoHolder() {
        processes.put("n1", REFUSED);
        renewed = NOW.minusSeconds(30);
        deaf("n1");

        assertThat(diagnosis().level()).isEqualTo(Level.CRITICAL);
        assertThat(diagnosis().sentence())
                .startsWith(
                        "nobody holds the address: n1 held it last, and renewed its Lease 30 s ago (not heard by n2");
    }

    @Test
    void aHolderWhoseMachineSaysThatItIsGoneIsNoneBeforeItsLeaseHasRunOut() {
        processes.put("n1", REFUSED);
        deaf("n1");

        assertThat(diagnosis().sentence())
                .startsWith(
                        "nobody holds the address: n1 held it last, and renewed its Lease 1 s ago (not heard by n2");
    }

    @Test
    void twoThatSayThatTheyHoldAreNotTwoGoodOnes() {
        documents.get("n2").put("role", "HOLDER");

        assertThat(diagnosis().level()).isEqualTo(Level.CRITICAL);
        assertThat(diagnosis().sentence()).startsWith("n1 and n2 say at once that they hold");
    }

    @Test
    void withoutAnyAnswerItCannotBeTold() {
        processes.clear();
        written.clear();
        problem = "connection refused";

        assertThat(diagnosis())
                .isEqualTo(new Diagnosis(
                        Level.CRITICAL,
                        List.of(
                                "who holds cannot be told: no vipkeeper answers at http://127.0.0.1:2112/q/status: nothing"
                                        + " listens there; and connection refused")));
    }

    @Test
    void anApiServerThatIsDownIsSaidWhileTheProcessesHold() {
        problem = "no connection in time";

        assertThat(diagnosis().level()).isEqualTo(Level.DEGRADED);
        assertThat(diagnosis().sentence())
                .isEqualTo("the API server gives this command no usable answer: no connection in time");

        asked = false;
        assertThat(diagnosis().level()).isEqualTo(Level.WELL);
    }

    @Test
    void everythingIsSaidTheWorstFirst() {
        documents.get("n2").putArray("hindrances").add("the process ends");
        documents.get("n2").putObject("fence").put("kind", "address").put("why", "old kernel");
        holder = "";
        documents.get("n1").put("role", "FOLLOWER");
        documents.values().forEach(document -> document.put("holder", ""));

        assertThat(diagnosis().sentences()).hasSize(3).first().asString().startsWith("nobody holds the address");
        assertThat(diagnosis().level().exitCode()).isEqualTo(2);
    }
}
