package io.vipkeeper.cli.status;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import io.vipkeeper.cli.status.Diagnosis.Level;

import static org.assertj.core.api.Assertions.assertThat;

class DiagnosisTest extends Trio {
    @Test
    void aWholeTrioIsWell() {
        assertThat(diagnosis())
                .isEqualTo(new Diagnosis(Level.WELL, List.of("n1 holds, and 2 other candidates could take over")));
    }

    @Test
    void aLaptopThatReachesNobodyBelievesTheLeases() {
        processes.replaceAll((node, reply) -> UNREACHED);

        assertThat(diagnosis().level()).isEqualTo(Level.WELL);
    }

    @Test
    void aLaptopSeesWhichCandidateSaysInItsLeaseThatItCouldNot() {
        processes.replaceAll((node, reply) -> UNREACHED);
        condition = "the interface cannot carry frames";

        assertThat(diagnosis().sentence())
                .startsWith("3 of 3 candidates could not take over: n1 (the interface cannot carry frames)");
    }

    @Test
    void aLaptopSeesWhoHasBeenSilentForLong() {
        processes.replaceAll((node, reply) -> UNREACHED);
        written.put("n3", NOW.minusSeconds(600));

        assertThat(diagnosis().sentence())
                .isEqualTo(
                        "1 of 3 candidates could not take over: n3 (its Lease was written last 10 min ago; its machine"
                                + " is not reached either (there is no answer within 3000 ms))");
    }

    @Test
    void aDeadProcessIsToldFromADeadMachine() {
        deaf("n3");
        processes.put("n3", REFUSED);
        assertThat(diagnosis().sentence())
                .isEqualTo(
                        "1 of 3 candidates could not take over: n3 (not heard by n1 and n2; its machine answers, but no"
                                + " vipkeeper does)");

        processes.put("n3", UNREACHED);
        assertThat(diagnosis().sentence()).contains("its machine is not reached either");
        assertThat(diagnosis().level()).isEqualTo(Level.DEGRADED);
    }

    @Test
    void withoutAMajorityAFailoverWaitsForTheLease() {
        deaf("n2");
        deaf("n3");
        processes.put("n2", REFUSED);
        processes.put("n3", REFUSED);

        assertThat(diagnosis().sentence()).startsWith("2 of 3 candidates").endsWith("a failover waits for the Lease");
    }

    @Test
    void whoHasNoLinkBearsNoWitnessAgainstTheOthers() {
        processes.remove("n1");
        processes.put("n2", UNREACHED);
        deaf("n1");
        deaf("n2");
        documents.get("n3").putArray("hindrances").add("the interface cannot carry frames");

        assertThat(diagnosis().sentences())
                .containsExactly("1 of 3 candidates could not take over: n3 (the interface cannot carry frames)");
    }

    @Test
    void aForeignMachineIsNamedForAMinute() {
        ObjectNode trouble = documents.get("n1").putArray("troubles").addObject();
        trouble.put("kind", "FOREIGN_CLAIM").put("about", "192.0.2.10/32").put("what", "02:00:5e:10:00:99");
        assertThat(diagnosis().sentence())
                .startsWith("another machine, 02:00:5e:10:00:99, claims 192.0.2.10/32, and takes clients away");

        trouble.put("secondsAgo", 61);
        assertThat(diagnosis().level()).isEqualTo(Level.WELL);
    }

    @Test
    void anAddressThatTheKernelRefusesIsSaidWithItsReason() {
        ObjectNode document = documents.get("n1");
        document.putArray("vips").addObject().put("vip", "192.0.2.10/32").put("bound", false);
        document.putArray("troubles").addObject().put("kind", "KERNEL_REFUSED").put("what", "no such device");

        assertThat(diagnosis().sentence()).isEqualTo("n1 holds, and has not put 192.0.2.10/32 on eth0: no such device");
    }

    @Test
    void aMissingFenceIsSaidUnlessItIsWanted() {
        documents.get("n2").putObject("fence").put("kind", "address").put("why", "no netdev egress hook");
        assertThat(diagnosis().sentence())
                .isEqualTo("the fence of nftables is missing on n2, so a right there ends to the second only: no netdev"
                        + " egress hook");

        documents
                .get("n2")
                .putObject("fence")
                .put("kind", "address")
                .put("why", "a preserved address cannot be fenced");
        assertThat(diagnosis().level()).isEqualTo(Level.WELL);
    }

    @Test
    void aTrioWithoutAFastPathAlthoughAllAreReadySaysSo() {
        documents.get("n1").putObject("fast").putArray("members");

        assertThat(diagnosis().sentence()).startsWith("there is no fast path");
    }

    @Test
    void aFastPathThatIsAboutToComeIsToldFromAMissingOne() {
        documents.get("n1").putObject("fast").put("coming", true).putArray("members");

        assertThat(diagnosis())
                .isEqualTo(new Diagnosis(
                        Level.WELL,
                        List.of("n1 holds, and 2 other candidates could take over; the fast path is about to come")));
        assertThat(PictureText.fast(new Told(documents.get("n1")))).startsWith("about to come");
    }

    @Test
    void aCertificateThatEndsSoonIsSaid() {
        documents.get("n3").put("certificateEnds", NOW.plusSeconds(3 * 86_400).toString());
        assertThat(diagnosis().sentence())
                .isEqualTo(
                        "the certificate that n3 shows the API server ends in 3 d: renew it with 'kubeadm certs renew"
                                + " all'");

        documents.get("n3").put("certificateEnds", NOW.minusSeconds(600).toString());
        assertThat(diagnosis().sentence()).contains("ended 10 min ago");
    }

    @Test
    void aProcessThatHangsCouldNotTakeOver() {
        documents.get("n2").put("live", false).put("millisSinceLastStep", 7_000);

        assertThat(diagnosis().sentence()).contains("n2 (its pipeline has made no step for 7000 ms)");
    }

    @Test
    void aNamedProcessIsExpectedToAnswer() {
        local = new Picture.Local("http://192.0.2.1:1/q/status", true, REFUSED);

        assertThat(diagnosis().sentence())
                .isEqualTo("no vipkeeper answers at http://192.0.2.1:1/q/status: nothing listens there");
    }
}
