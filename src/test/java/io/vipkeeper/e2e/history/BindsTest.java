package io.vipkeeper.e2e.history;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BindsTest {

    private static Binds binds(Story story) {
        History history = story.told();
        return Binds.in(history, new Tenures(history));
    }

    private static List<String> findings(Story story) {
        return binds(story).findings().stream().map(Finding::what).toList();
    }

    @Test
    void aBindWithoutAnyLeaseIsFound() {
        assertThat(findings(new Story().on(10, "n1")))
                .containsExactly("n1 binds 192.0.2.10 while there is no Lease yet");
    }

    @Test
    void aBindWhileAnotherIsNamedIsFound() {
        // given: the version of n1 was followed by one of n2
        Story story = new Story().lease(0, "n1").lease(1_000, "n2").on(1_001, "n1");

        // then
        assertThat(findings(story)).containsExactly("n1 binds 192.0.2.10 while the Lease names n2");
    }

    @Test
    void aBindAfterAReleaseIsFound() {
        // given
        Story story = new Story().lease(0, "n1").lease(1_000, "").on(1_001, "n1");

        // then
        assertThat(findings(story)).containsExactly("n1 binds 192.0.2.10 while the Lease names nobody");
    }

    @Test
    void aBindLongBeforeItsVersionWasSeenIsFoundAndOneRightBeforeIsNot() {
        // given
        Story early = new Story().on(899, "n1").lease(1_000, "n1");
        Story raced = new Story().on(901, "n1").lease(1_000, "n1");

        // then
        assertThat(findings(early)).hasSize(1);
        assertThat(findings(raced)).isEmpty();
        assertThat(binds(raced).latestVersion()).isEqualTo(99_000_000L);
    }

    @Test
    void aRenewalOfTheAddressIsNoBind() {
        // given: nobody renews the Lease any more, but the address is renewed
        Story story = new Story().lease(0, "n1").on(10, "n1").lease(1_000, "n2").on(1_001, "n1");

        // then
        assertThat(binds(story).count()).isEqualTo(1);
        assertThat(findings(story)).isEmpty();
    }

    @Test
    void anAddressThatWasTakenAwayMayBePutBackWhileTheLeaseLasts() {
        // given
        Story story = new Story().lease(0, "n1").on(10, "n1").off(4_900, "n1").on(4_990, "n1");

        // then
        assertThat(binds(story).count()).isEqualTo(2);
        assertThat(findings(story)).isEmpty();
    }

    @Test
    void aBindByALeaseThatHasRunOutIsFound() {
        // given: nobody took it, but n1 has not written again either
        Story story = new Story().lease(0, "n1").on(10, "n1").off(2_900, "n1").on(5_001, "n1");

        // then
        assertThat(findings(story))
                .containsExactly("n1 binds 192.0.2.10 although its last write is longer ago than a leaseDuration");
    }

    @Test
    void aVersionIsNotTakenForOlderThanTheOneBeforeIt() {
        // given: stamps that run backwards
        Story story = new Story().lease(2_000, "n1").lease(1_990, "n2").on(1_995, "n1");

        // then: n1 bound before it was replaced
        assertThat(findings(story)).isEmpty();
    }

    @Test
    void aFilterThatAdmitsAgainNeedsAVersionAsABindDoes() {
        // given: n1 was paused, its admittance ended at 1300, and n2 took over
        Story story = new Story()
                .lease(0, "n1")
                .on(10, "n1")
                .admits(1_000, "n1", 300)
                .lease(1_320, "n2")
                .admits(1_400, "n1", 300);

        // then
        assertThat(findings(story)).containsExactly("n1 admits 192.0.2.10 while the Lease names n2");
    }

    @Test
    void aFilterThatGoesOnAdmittingNeedsNone() {
        // given: the reader stamps the last one after the Lease was taken over
        Story story = new Story()
                .lease(0, "n1")
                .admits(1_000, "n1", 300)
                .admits(1_200, "n1", 300)
                .lease(1_390, "")
                .admits(1_400, "n1", 300);

        // then
        assertThat(findings(story)).isEmpty();
    }

    @Test
    void aFilterThatBlockedAndAdmitsByALeaseThatHasRunOutIsFound() {
        // given
        Story story = new Story()
                .lease(0, "n1")
                .admits(10, "n1", 300)
                .filter(20, "n1", Recorded.Filter.BLOCKED)
                .admits(5_001, "n1", 300);

        // then
        assertThat(findings(story))
                .containsExactly("n1 admits 192.0.2.10 although its last write is longer ago than a leaseDuration");
    }
}
