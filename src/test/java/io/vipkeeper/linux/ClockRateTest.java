package io.vipkeeper.linux;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ClockRateTest {

    @Test
    void theRateIsThatBetweenTwoReadings() {
        ClockRate.Reading earlier = new ClockRate.Reading(5_000, 1_000);

        assertThat(new ClockRate.Reading(1_000_505_000L, 1_000_001_000L).partsPerMillionSince(earlier))
                .isCloseTo(500, within(0.01));
        assertThat(new ClockRate.Reading(999_005_000L, 1_000_001_000L).partsPerMillionSince(earlier))
                .isCloseTo(-1_000, within(0.01));
    }

    @Test
    void theClocksOfThisMachineRunAlike() throws InterruptedException {
        assertThat(new ClockRate(new JnrLibc()).partsPerMillion(Duration.ofMillis(50)))
                .isBetween(-10_000.0, 10_000.0);
    }
}
