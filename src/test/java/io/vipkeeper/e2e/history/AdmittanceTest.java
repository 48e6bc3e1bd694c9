package io.vipkeeper.e2e.history;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.vipkeeper.e2e.history.Recorded.Filter;

import static org.assertj.core.api.Assertions.assertThat;

class AdmittanceTest {

    private static List<String> findings(Story story) {
        return Admittance.findings(story.told()).stream().map(Finding::what).toList();
    }

    /** Both nodes have filters that admit nothing yet. */
    private static Story filtered() {
        return new Story().guards(0, "n1", 60_000).guards(0, "n2", 60_000);
    }

    @Test
    void twoNodesWithTheAddressAreFoundWithoutTolerance() {
        // given
        Story story = new Story().on(0, "n1").on(999, "n2").off(1_000, "n1");

        // then
        assertThat(findings(story)).containsExactly("n2 could speak for 192.0.2.10 while n1 could, for 1 ms");
    }

    @Test
    void oneAfterTheOtherIsLawful() {
        assertThat(findings(new Story().on(0, "n1").off(1_000, "n1").on(1_000, "n2")))
                .isEmpty();
    }

    @Test
    void anAddressThatIsStillThereAtTheEndCountsToTheEnd() {
        assertThat(findings(new Story().on(0, "n1").on(5_000, "n2")))
                .containsExactly("n2 could speak for 192.0.2.10 while n1 could, to the end");
    }

    @Test
    void aFilterThatDoesNotAdmitMakesAnAddressHarmless() {
        // given: the killed n1 keeps the address for a while, but its admittance ends at 1300
        Story story =
                filtered().on(10, "n1").admits(1_000, "n1", 300).on(1_310, "n2").admits(1_310, "n2", 300);

        // then
        assertThat(findings(story)).isEmpty();
    }

    @Test
    void twoFiltersThatAdmitAreFoundBeyondTheReadersLateness() {
        // given
        Story within =
                filtered().on(10, "n1").admits(1_000, "n1", 300).on(1_200, "n2").admits(1_201, "n2", 300);
        Story beyond =
                filtered().on(10, "n1").admits(1_000, "n1", 300).on(1_198, "n2").admits(1_199, "n2", 300);

        // then
        assertThat(findings(within)).isEmpty();
        assertThat(findings(beyond)).containsExactly("n2 could speak for 192.0.2.10 while n1 could, for 101 ms");
    }

    @Test
    void anAdmittanceReplacesTheOneBefore() {
        // given: shortened, as before another takes over
        Story story = filtered()
                .on(10, "n1")
                .admits(1_000, "n1", 5_000)
                .filter(1_100, "n1", Filter.BLOCKED)
                .admits(1_100, "n1", 200)
                .on(1_310, "n2")
                .admits(1_310, "n2", 300);

        // then
        assertThat(findings(story)).isEmpty();
    }

    @Test
    void aFilterThatIsTakenAwayAdmitsAgain() {
        // given
        Story story = filtered()
                .on(10, "n1")
                .admits(1_000, "n1", 300)
                .on(1_310, "n2")
                .admits(1_310, "n2", 3_000)
                .filter(2_000, "n1", Filter.UNGUARDED)
                .off(2_500, "n1");

        // then
        assertThat(findings(story)).containsExactly("n1 could speak for 192.0.2.10 while n2 could, for 500 ms");
    }

    @Test
    void aGuardThatRunsOutByItselfAdmitsAgain() {
        // given: n1 is dead, and the address was left on it
        Story story = new Story()
                .guards(0, "n1", 2_000)
                .on(10, "n1")
                .admits(1_000, "n1", 300)
                .guards(1_310, "n2", 60_000)
                .on(1_310, "n2")
                .admits(1_310, "n2", 3_000)
                .off(2_700, "n1");

        // then
        assertThat(findings(story)).containsExactly("n1 could speak for 192.0.2.10 while n2 could, for 700 ms");
    }
}
