package io.vipkeeper.peer;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class ReplayWindowTest {
    private final ReplayWindow window = new ReplayWindow();

    @Test
    void toleratesOvertakingAndNoRepetition() {
        accept(100);
        accept(102);
        assertThat(window.isNew(101)).isTrue();
        accept(101);
        assertThat(window.isNew(100)).isFalse();
        assertThat(window.isNew(101)).isFalse();
        assertThat(window.isNew(102)).isFalse();
        assertThat(window.isNew(103)).isTrue();
    }

    @Test
    void endsWhereItIsWide() {
        accept(1_000);
        assertThat(window.isNew(1_000 - 63)).isTrue();
        assertThat(window.isNew(1_000 - 64)).isFalse();
        accept(1_001);
        assertThat(window.isNew(1_001 - 64)).isFalse();
    }

    @Test
    void aJumpForgetsNothingThatIsStillInside() {
        accept(5);
        accept(5 + 63);
        assertThat(window.isNew(5)).isFalse();
        accept(5 + 64);
        assertThat(window.isNew(5)).isFalse();
        accept(5 + 1_000_000);
        assertThat(window.isNew(5 + 64)).isFalse();
        assertThat(window.isNew(5 + 1_000_000)).isFalse();
        assertThat(window.isNew(5 + 999_999)).isTrue();
    }

    @Test
    void numbersBeginAtOneAndEndAtTheLargest() {
        assertThat(window.isNew(0)).isFalse();
        assertThat(window.isNew(-1)).isFalse();
        assertThat(window.isNew(Long.MIN_VALUE)).isFalse();
        accept(1);
        assertThat(window.isNew(0)).as("inside the window, but no number").isFalse();
        accept(Long.MAX_VALUE);
        assertThat(window.isNew(Long.MAX_VALUE)).isFalse();
        assertThat(window.isNew(Long.MIN_VALUE)).isFalse();
        assertThat(window.isNew(Long.MAX_VALUE - 1)).isTrue();
    }

    @Test
    void acceptsLikeASetOfAllThatWasSeen() {
        long seed = System.nanoTime();
        System.out.println("ReplayWindowTest seed " + seed);
        Random random = new Random(seed);
        Set<Long> seen = new HashSet<>();
        long highest = 0;
        for (int round = 0; round < 200_000; round++) {
            long number = highest + random.nextInt(160) - 120;
            boolean expected = number > 0 && highest - number < 64 && !seen.contains(number);
            assertThat(window.isNew(number))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(expected);
            if (expected) {
                window.accept(number);
                seen.add(number);
                highest = Math.max(highest, number);
            }
        }
    }

    private void accept(long number) {
        assertThat(window.isNew(number)).isTrue();
        window.accept(number);
    }
}
