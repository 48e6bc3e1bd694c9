package io.vipkeeper.demo.footprint;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.vipkeeper.demo.footprint.Trend.Point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class TrendTest {
    private static final double SECOND = 1e9;

    @Test
    void aStraightLineIsItsOwnSlopeAndSure() {
        // given: 3600 KiB an hour
        List<Point> points = new ArrayList<>();
        for (int second = 0; second < 120; second++) {
            points.add(new Point(second * SECOND, 40_000 + second));
        }

        // when
        Trend trend = Trend.of(points);

        // then
        assertThat(trend.perHour()).isCloseTo(3600, within(1e-6));
        assertThat(trend.halfWidth()).isCloseTo(0, within(1e-6));
    }

    @Test
    void theIntervalHoldsTheTrueSlopeAboutNineteenTimesInTwenty() {
        // given: noise around 100 KiB an hour
        Random random = new Random(42);
        int held = 0;
        for (int run = 0; run < 400; run++) {
            List<Point> points = new ArrayList<>();
            for (int second = 0; second < 240; second++) {
                points.add(new Point(second * SECOND, second * 100 / 3600.0 + random.nextGaussian() * 20));
            }

            // when
            Trend trend = Trend.of(points);

            // then
            held += Math.abs(trend.perHour() - 100) <= trend.halfWidth() ? 1 : 0;
        }
        assertThat(held).as("seed 42").isBetween(365, 395);
    }

    @Test
    void aFewValuesAreNoTrend() {
        List<Point> few = List.of(new Point(0, 1), new Point(SECOND, 2));

        assertThatThrownBy(() -> Trend.of(few)).hasMessageContaining("2 values are too few");
    }
}
