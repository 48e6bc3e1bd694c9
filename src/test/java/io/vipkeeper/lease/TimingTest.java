package io.vipkeeper.lease;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TimingTest {

    @ParameterizedTest
    @CsvSource({
        "PT15S, PT10S, PT2S",
        "PT5S, PT3S, PT1S",
        "PT3S, PT2S, PT1S",
        "PT600S, PT400S, PT30S",
        "PT5S, PT3.5S, PT1.5S"
    })
    void possibleDurationsHaveNoProblem(Duration lease, Duration renew, Duration retry) {
        assertThat(Timing.problems(lease, renew, retry)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PT15.5S | PT10S | PT2S | leaseDuration 15500 ms must be whole seconds, at most 600",
                "PT601S | PT10S | PT2S | leaseDuration 601 s must be whole seconds, at most 600",
                "PT15S | PT10S | PT0.9S | retryPeriod 900 ms must be at least 1 second",
                "PT15S | PT10S | PT-2S | retryPeriod -2 s must be at least 1 second",
                "PT10S | PT10S | PT2S | leaseDuration 10 s must be greater than renewDeadline 10 s",
                "PT15S | PT12S | PT10S | renewDeadline 12 s must be greater than 1.2 times retryPeriod 10 s",
                "PT2S | PT1.5S | PT1S | leaseDuration 2 s must be at least 2 s more than retryPeriod 1 s: the kernel's unit is a second, and it may be a second late",
            })
    void anImpossibleDurationIsNamedWithItsRemedy(Duration lease, Duration renew, Duration retry, String problem) {
        assertThat(Timing.problems(lease, renew, retry)).containsExactly(problem);
    }

    @Test
    void everyProblemIsNamedAtOnce() {
        assertThat(Timing.problems(Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofMillis(500)))
                .hasSize(5);
    }

    @Test
    void impossibleDurationsMakeNoTiming() {
        assertThatThrownBy(() -> Timing.ofSeconds(10, 10, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("greater than renewDeadline");
    }

    /** A hung request was given up before its time-out was told, so that no metric and no line knew of it. */
    @Test
    void aRequestTimesOutBeforeTheElectionGivesItUp() {
        Timing timing = Timing.ofSeconds(5, 3, 1);

        assertThat(timing.requestBound().toNanos())
                .isBetween(900_000_000L, new Rules(timing).attemptNanos() - 20_000_000L);
    }

    /** A lease of two seconds was accepted once, and its holder never bound the address. */
    @ParameterizedTest
    @CsvSource({"PT3S, PT2S, PT1S", "PT5S, PT4.9S, PT3S", "PT10S, PT9.7S, PT8S"})
    void theShortestLeaseLeavesTheKernelAWholeSecondAfterTheNextRenewal(
            Duration lease, Duration renew, Duration retry) {
        // given
        Rules rules = new Rules(new Timing(lease, renew, retry));
        // when
        long ends = rules.kernelEnds(0, 0);
        // then: a refresh every 0.4 s, and 25 ms by which the kernel may be early
        assertThat(ends - 425_000_000L).isGreaterThan(retry.toNanos());
    }
}
