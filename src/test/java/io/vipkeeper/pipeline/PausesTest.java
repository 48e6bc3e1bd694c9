package io.vipkeeper.pipeline;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PausesTest {
    private static final long MILLI = 1_000_000L;
    private static final long WINDOW = Pauses.WINDOW.toNanos();

    /** The clock wraps while a test runs. */
    private static final long T0 = Long.MAX_VALUE - WINDOW / 2;

    private final Pauses pauses = new Pauses(T0);

    @Test
    void theWorstIsRemembered() {
        pauses.note(3 * MILLI, T0 + 1);
        pauses.note(700 * MILLI, T0 + 2);
        pauses.note(2 * MILLI, T0 + 3);

        assertThat(pauses.longest(T0 + 4)).isEqualTo(700 * MILLI);
    }

    @Test
    void itIsKeptForOneWindowAtLeastAndForgottenAfterTwo() {
        pauses.note(700 * MILLI, T0 + WINDOW - 1);

        assertThat(pauses.longest(T0 + 2 * WINDOW - 1)).isEqualTo(700 * MILLI);
        pauses.note(MILLI, T0 + WINDOW + 1);
        assertThat(pauses.longest(T0 + 2 * WINDOW)).isEqualTo(700 * MILLI);
        pauses.note(MILLI, T0 + 2 * WINDOW + 1);
        assertThat(pauses.longest(T0 + 2 * WINDOW + 2)).isEqualTo(MILLI);
    }

    @Test
    void aThreadThatNeverWokeAgainLeavesNothingForEver() {
        pauses.note(700 * MILLI, T0);

        assertThat(pauses.longest(T0 + 2 * WINDOW)).isZero();
    }
}
