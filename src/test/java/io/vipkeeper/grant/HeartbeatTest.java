package io.vipkeeper.grant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How often a holder asks for promises. */
class HeartbeatTest {

    @Test
    void aHolderWhoseHeartbeatsAreNotAnsweredAsksADozenTimesBeforeItsRightEnds() {
        // given a holder whose promises are of this moment
        Incumbent incumbent = Incumbent.thatHolds();
        // when nobody answers for a grant's length less what a rate's drift takes of it
        long beats = incumbent.beatsUnanswered(239);
        // then
        assertThat(beats).isBetween(12L, 16L);
    }

    @Test
    void aHolderThatIsAnsweredAsksInItsUsualTime() {
        // given
        Incumbent incumbent = Incumbent.thatHolds();
        // when
        long beats = incumbent.beatsUnanswered(99);
        // then
        assertThat(beats).isEqualTo(2);
    }
}
