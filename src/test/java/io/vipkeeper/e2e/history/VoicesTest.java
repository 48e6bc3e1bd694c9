package io.vipkeeper.e2e.history;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class VoicesTest {

    private static List<String> findings(Story story) {
        History history = story.told();
        return Voices.findings(history, new Tenures(history)).stream()
                .map(Finding::what)
                .toList();
    }

    @Test
    void anAnswerAfterAnotherCandidateWasNamedIsFoundWithoutTolerance() {
        // given: n2 has not answered yet, so nothing interleaves
        Story story = new Story().lease(0, "n1").on(1, "n1").lease(6_000, "n2").answers(6_001, "n1");

        // then
        assertThat(findings(story)).containsExactly("n1 sends an ANSWER of 192.0.2.10 while the Lease names n2");
    }

    @Test
    void whoOfferedTheLeaseMayAnswerForAMomentLongerButNotAnnounce() {
        // given
        Story story =
                new Story().lease(0, "n1").on(1, "n1").offered(6_000, "n2").answers(6_200, "n1");
        Story late = new Story().lease(0, "n1").on(1, "n1").offered(6_000, "n2").answers(6_201, "n1");
        Story loud = new Story().lease(0, "n1").on(1, "n1").offered(6_000, "n2").announces(6_100, "n1");

        // then
        assertThat(findings(story)).isEmpty();
        assertThat(findings(late)).containsExactly("n1 sends an ANSWER of 192.0.2.10 while the Lease names n2");
        assertThat(findings(loud)).containsExactly("n1 sends an ANNOUNCEMENT of 192.0.2.10 while the Lease names n2");
    }

    @Test
    void anAnswerAfterTheNodesOwnReleaseIsFound() {
        // given
        Story story = new Story().lease(0, "n1").on(1, "n1").lease(1_000, "").answers(1_001, "n1");

        // then
        assertThat(findings(story)).containsExactly("n1 sends an ANSWER of 192.0.2.10 while the Lease names nobody");
    }

    @Test
    void anElectorOfAnotherKindMayAnswerForHalfASecondAfterItsRelease() {
        // given
        Story within = new Story().lease(0, "n1").on(1, "n1").lease(1_000, "").answers(1_500, "n1");
        Story beyond = new Story().lease(0, "n1").on(1, "n1").lease(1_000, "").answers(1_501, "n1");
        Story taken = new Story().lease(0, "n1").on(1, "n1").lease(1_000, "n2").answers(1_001, "n1");
        Story replaced = new Story().lease(0, "n1").on(1, "n1").lease(1_000, "").answers(1_100, "n1");

        // then
        assertThat(findings(within.stranger("n1", 5_000))).isEmpty();
        assertThat(findings(beyond.stranger("n1", 5_000))).hasSize(1);
        assertThat(findings(taken.stranger("n1", 5_000))).hasSize(1);
        assertThat(findings(replaced.stranger("n1", 900))).hasSize(1);
    }

    @Test
    void anAnnouncementOfAnAddressThatIsNotThereIsFound() {
        // given
        Story never = new Story().lease(0, "n1").announces(10, "n1");
        Story gone = new Story().lease(0, "n1").on(1, "n1").off(500, "n1").announces(501, "n1");

        // then
        String finding = "n1 sends an ANNOUNCEMENT of 192.0.2.10 while it does not have the address";
        assertThat(findings(never)).containsExactly(finding);
        assertThat(findings(gone)).containsExactly(finding);
    }

    @Test
    void anAnnouncementRightBeforeTheBindWasReadIsNot() {
        // given
        Story raced = new Story().lease(0, "n1").announces(10, "n1").on(109, "n1");
        Story early = new Story().lease(0, "n1").announces(10, "n1").on(111, "n1");

        // then
        assertThat(findings(raced)).isEmpty();
        assertThat(findings(early)).hasSize(1);
    }

    @Test
    void aHolderWhoseLeaseWasGivenToAStrangerMayAnswerUntilItsOwnHoldIsOver() {
        // given
        Story within = new Story()
                .lease(0, "n1")
                .on(1, "n1")
                .lease(1_000, "somebody-else")
                .answers(5_999, "n1");
        Story beyond = new Story()
                .lease(0, "n1")
                .on(1, "n1")
                .lease(1_000, "somebody-else")
                .answers(6_001, "n1");
        Story another = new Story().lease(0, "n1").lease(1_000, "somebody-else").answers(1_001, "n2");

        // then
        assertThat(findings(within)).isEmpty();
        assertThat(findings(beyond)).hasSize(1);
        assertThat(findings(another)).hasSize(1);
    }

    @Test
    void aHolderWhoseLeaseWasDeletedMayAnswerUntilAnotherCreatesIt() {
        // given
        Story deleted =
                new Story().lease(0, "n1").on(1, "n1").leaseDeleted(1_000).answers(2_000, "n1");
        Story taken = new Story()
                .lease(0, "n1")
                .on(1, "n1")
                .leaseDeleted(1_000)
                .lease(2_000, "n2")
                .answers(2_001, "n1");

        // then
        assertThat(findings(deleted)).isEmpty();
        assertThat(findings(taken)).hasSize(1);
    }

    @Test
    void severalStrangersInARowDoNotProlongTheHold() {
        // given
        Story story = new Story()
                .lease(0, "n1")
                .on(1, "n1")
                .lease(1_000, "somebody-else")
                .lease(4_000, "yet-another")
                .answers(5_999, "n1")
                .answers(6_001, "n1");

        // then
        assertThat(findings(story)).hasSize(1);
    }
}
