package io.vipkeeper.demo;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import io.vipkeeper.demo.lab.LabException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SummaryTest {

    @Test
    void takesTheMedianOfGapsAndTheWorstOfDoubleAnswers() {
        // given
        Summary summary = new Summary(
                "vipkeeper", Fault.STOP, List.of(run(30, 0), run(10, 0), run(900, 7), run(20, 0), run(40, 0)));

        // when / then
        assertThat(summary.gap()).isEqualTo(30_000_000);
        assertThat(summary.twoAnswering()).isEqualTo(7_000_000);
    }

    @Test
    void hasNoMedianOfNothing() {
        assertThat(Summary.median(LongStream.empty())).isEmpty();
        assertThat(Summary.median(LongStream.of(3, 1, 2))).hasValue(2);
    }

    @Test
    void writesOneCsvLineForEachRunUnderTheHeading() {
        // given
        Summary summary = new Summary("vipkeeper", Fault.STOP, List.of(run(30, 0)));

        // when / then
        assertThat(summary.csv()).containsExactly("vipkeeper,STOP,1,n1,n2,30.0,false,0.0,false,0.0,25.0,,,6.0");
        assertThat(summary.csv().getFirst().split(",", -1)).hasSameSizeAs(Summary.CSV_HEADING.split(","));
    }

    @Test
    void alignsColumnsLikeFigures() {
        // given
        Table table = new Table("fault", "gap");
        table.add("clean stop", "9 ms");
        table.add("kill -9", Table.time(5_012_345_678L));

        // when / then
        assertThat(table.lines()).containsExactly("fault           gap", "clean stop     9 ms", "kill -9      5.01 s");
    }

    @Test
    void refusesNumbersOutOfRangeInASentenceThatNamesTheOption() {
        assertThatThrownBy(() -> new DemoOptions(Cluster.ApiKind.REAL, 1, 5, false, false, Optional.empty()))
                .isInstanceOf(LabException.class)
                .hasMessage("--nodes 1 is not between 2 and 9");
        assertThatThrownBy(() -> new DemoOptions(Cluster.ApiKind.REAL, 3, 0, true, false, Optional.empty()))
                .isInstanceOf(LabException.class)
                .hasMessage("--runs 0 is not between 1 and 100");
    }

    private static Measurement run(long gapMs, long twoMs) {
        return new Measurement(
                "vipkeeper",
                Fault.STOP,
                "n1",
                Optional.of("n2"),
                gapMs * 1_000_000,
                false,
                twoMs * 1_000_000,
                false,
                0,
                OptionalLong.of(25_000_000),
                OptionalLong.empty(),
                OptionalLong.empty(),
                6_000_000);
    }
}
