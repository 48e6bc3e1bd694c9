package io.vipkeeper.e2e.history;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InterleavingTest {

    private static List<Finding> findings(Story story) {
        History history = story.told();
        return Interleaving.in(history, new Tenures(history)).findings();
    }

    @Test
    void aNodeThatAnswersAgainAfterAnotherHasBegunNeedsALeaseVersionOfItsOwn() {
        // given
        Story story = new Story()
                .lease(0, "n1")
                .answers(10, "n1")
                .lease(6_000, "n2")
                .answers(6_010, "n2")
                .answers(6_020, "n1")
                .answers(6_030, "n2");

        // when
        List<Finding> findings = findings(story);

        // then: only the frame that had no right is named
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.time()).isEqualTo(6_020_000_000L);
            assertThat(finding.what())
                    .isEqualTo("n1 speaks for 192.0.2.10 after n2 without a Lease version in between that names it"
                            + " (the Lease names n2)");
        });
    }

    @Test
    void aMoveBackByANewVersionIsLawful() {
        // given
        Story story = new Story()
                .lease(0, "n1")
                .answers(10, "n1")
                .lease(6_000, "n2")
                .answers(6_010, "n2")
                .lease(12_000, "n1")
                .answers(12_010, "n1");

        // then
        assertThat(findings(story)).isEmpty();
    }

    @Test
    void aVersionThatCameBeforeTheOtherNodesDoesNotExcuseAReturn() {
        // given: n1 renews, and that renewal is no new tenure
        Story story = new Story()
                .lease(0, "n1")
                .lease(1_000, "n1")
                .answers(1_010, "n1")
                .lease(7_000, "n2")
                .answers(7_010, "n2")
                .answers(7_011, "n1");

        // then
        assertThat(findings(story)).hasSize(1);
    }

    @Test
    void framesThatAlternateAroundAMoveAreFoundAlthoughTheWatchMayBeLate() {
        // given: by the clock alone each frame might be excused
        Story story = new Story()
                .lease(0, "n1")
                .answers(5_940, "n1")
                .answers(5_950, "n2")
                .answers(5_960, "n1")
                .answers(5_970, "n2")
                .lease(6_000, "n2");

        // then
        assertThat(findings(story)).hasSize(1);
    }

    @Test
    void aNodeThatSpeaksLongBeforeItsVersionWasSeenIsFound() {
        // given
        Story story = new Story()
                .lease(0, "n1")
                .answers(10, "n1")
                .answers(5_899, "n2")
                .lease(6_000, "n2");

        // then
        assertThat(findings(story)).hasSize(1);
    }

    @Test
    void aNodeThatSpeaksRightBeforeItsVersionWasSeenIsNot() {
        // given
        Story story = new Story()
                .lease(0, "n1")
                .answers(10, "n1")
                .answers(5_901, "n2")
                .lease(6_000, "n2");

        // then
        assertThat(findings(story)).isEmpty();
    }

    @Test
    void aMacOfNoNodeIsFound() {
        // given
        Story story = new Story().lease(0, "n1").answers(10, "stranger");

        // then
        assertThat(findings(story)).singleElement().satisfies(finding -> assertThat(finding.what())
                .startsWith("STRANGER speaks for 192.0.2.10 without"));
    }

    @Test
    void eachAddressHasItsOwnIntervals() {
        // given: the IPv6 address follows a moment later
        Story story = new Story()
                .lease(0, "n1")
                .answers(10, "n1")
                .answers6(11, "n1")
                .lease(6_000, "n2")
                .answers(6_010, "n2")
                .answers6(6_011, "n2");
        Story mixed = new Story()
                .lease(0, "n1")
                .answers6(11, "n1")
                .lease(6_000, "n2")
                .answers6(6_010, "n2")
                .answers6(6_011, "n1");

        // then
        assertThat(findings(story)).isEmpty();
        assertThat(findings(mixed)).hasSize(1);
    }
}
