package io.vipkeeper.demo.footprint;

import java.util.List;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FiguresTest {
    private final Figures figures = new Figures();

    @Test
    void whatIsNotReachedIsSaid() {
        figures.millis("start", OptionalLong.of(60_000_000), 60);
        figures.mebibytes("memory", 40.5 * 1024, 40);
        figures.percent("CPU", 0.0025, 0.3);

        assertThat(rows())
                .containsExactly(
                        "figure measured to reach reached",
                        "start 60 ms <= 60 ms yes",
                        "memory 40.5 MiB <= 40 MiB no",
                        "CPU 0.25 % <= 0.30 % yes");
    }

    @Test
    void growthIsCertainOnlyWhenTheWholeIntervalIsAboveZero() {
        figures.growth("sure", new Trend(2048, 1024));
        figures.growth("unsure", new Trend(1024, 2048));

        assertThat(rows())
                .contains("sure +2.00 MiB/h +- 1.00 no growth no", "unsure +1.00 MiB/h +- 2.00 no growth yes");
    }

    @Test
    void aFigureThatWasNotMeasuredHasNoLine() {
        figures.millis("start", OptionalLong.empty(), 60);

        assertThat(rows()).hasSize(1);
    }

    private List<String> rows() {
        return figures.lines().stream().map(line -> line.replaceAll(" +", " ")).toList();
    }
}
