package io.vipkeeper.linux;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class ProcessAgeTest {
    private static final String STAT = "7 (a b) c) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 5000 20 21 22 23\n";

    @Test
    void isTheUptimeWithoutTheTicksBeforeTheStart() {
        assertThat(ProcessAge.of(STAT, "50.25 99.00\n")).hasValue(250);
    }

    @Test
    void isNotNegativeWhenTheFilesWereReadAtDifferentMoments() {
        assertThat(ProcessAge.of(STAT, "49.99 99.00\n")).hasValue(0);
    }

    @Test
    void isUnknownWhenTheFilesSaySomethingElse() {
        assertThat(ProcessAge.of("", "50.25 99.00")).isEmpty();
        assertThat(ProcessAge.of(STAT, "")).isEmpty();
        assertThat(ProcessAge.of("7 (a) S", "50.25 99.00")).isEmpty();
    }

    @Test
    void ofThisProcessGoesOnAsTheClockDoes() {
        // given
        long before = System.nanoTime();
        long first = ProcessAge.millis().orElseThrow();

        // when
        while (System.nanoTime() - before < TimeUnit.MILLISECONDS.toNanos(100)) {
            Thread.onSpinWait();
        }

        // then
        assertThat(ProcessAge.millis().orElseThrow() - first).isBetween(70L, 10_000L);
    }
}
