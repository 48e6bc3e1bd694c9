package io.vipkeeper.linux;

import java.util.Locale;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class BootClockTest {
    private static final long MILLI = 1_000_000L;

    private long monotonic = Long.MAX_VALUE - 1_000 * MILLI; // wraps within the test
    private long boot = 7_000_000L * MILLI;
    private int reads;
    private boolean readable = true;

    @Test
    void countsTheTimeThatTheMachineSlept() {
        // given
        BootClock clock = clock();
        long before = clock.getAsLong();

        // when the machine runs 100 ms, sleeps an hour and runs 60 ms
        run(100);
        sleep(3_600_000);
        run(60);

        // then
        assertThat(clock.getAsLong() - before).isBetween(3_600_135 * MILLI, 3_600_185 * MILLI);
    }

    @Test
    void countsManyShortSleepsOnceTheyAddUp() {
        // given
        BootClock clock = clock();
        long before = clock.getAsLong();

        // when
        for (int i = 0; i < 100; i++) {
            sleep(5);
            run(55);
            clock.getAsLong();
        }

        // then
        assertThat(clock.getAsLong() - before).isBetween((6_000 - 35) * MILLI, (6_000 + 10) * MILLI);
    }

    @Test
    void doesNotCreepFromRoundingAndNeverRunsBackwards() {
        // given
        long seed = System.nanoTime();
        System.out.println("BootClockTest seed " + seed);
        Random random = new Random(seed);
        BootClock clock = clock();
        long start = clock.getAsLong();
        long startMonotonic = monotonic;
        long last = start;

        // when
        for (int i = 0; i < 10_000; i++) {
            long step = random.nextLong(120 * MILLI);
            monotonic += step;
            boot += step;
            long now = clock.getAsLong();
            assertThat(now - last).as("seed %d, step %d", seed, i).isNotNegative();
            last = now;
        }

        // then
        assertThat(last - start).as("seed %d", seed).isEqualTo(monotonic - startMonotonic);
    }

    @Test
    void readsUptimeAtMostEveryFiftyMilliseconds() {
        // given
        BootClock clock = clock();
        int atStart = reads;

        // when one second passes in steps of 0.1 ms
        for (int i = 0; i < 10_000; i++) {
            monotonic += MILLI / 10;
            boot += MILLI / 10;
            clock.getAsLong();
        }

        // then
        assertThat(reads - atStart).isBetween(15, 20);
    }

    @Test
    void isNanoTimeWhereUptimeCannotBeRead() {
        // given
        readable = false;
        BootClock clock = clock();
        long before = clock.getAsLong();

        // when
        run(500);

        // then
        assertThat(clock.getAsLong() - before).isEqualTo(500 * MILLI);
    }

    @Test
    void agreesWithNanoTimeOnThisMachine() {
        // given
        BootClock clock = new BootClock();

        // when
        long clockBefore = clock.getAsLong();
        long nanoBefore = System.nanoTime();
        long clockAfter = clock.getAsLong();
        long nanoAfter = System.nanoTime();

        // then
        assertThat(clockAfter - clockBefore).isBetween(0L, nanoAfter - nanoBefore + 1_000 * MILLI);
    }

    private BootClock clock() {
        return new BootClock(() -> monotonic, () -> {
            reads++;
            long hundredths = boot / (10 * MILLI);
            return readable ? String.format(Locale.ROOT, "%d.%02d 100.00%n", hundredths / 100, hundredths % 100) : "";
        });
    }

    private void run(long millis) {
        monotonic += millis * MILLI;
        boot += millis * MILLI;
    }

    private void sleep(long millis) {
        boot += millis * MILLI;
    }
}
