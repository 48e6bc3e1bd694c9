package io.vipkeeper.demo.report;

import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import io.vipkeeper.demo.Fault;
import io.vipkeeper.demo.Measurement;

import static io.vipkeeper.demo.report.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;

class SummaryTest {
    private static final String OURS = "vipkeeper";
    private static final String PEER = "keepalived";

    @Test
    void takesTheMedianOfGapsAndTheWorstOfDoubleAnswers() {
        // given
        List<Measurement> runs = List.of(
                run(OURS, Fault.STOP, 30, 0),
                run(OURS, Fault.STOP, 10, 0),
                run(OURS, Fault.STOP, 900, 7),
                run(OURS, Fault.STOP, 20, 0),
                run(OURS, Fault.STOP, 40, 0));

        // when
        Summary summary = Summary.of(runs).getFirst();

        // then
        assertThat(summary.gap()).isEqualTo(30_000_000);
        assertThat(summary.worstGap()).isEqualTo(900_000_000);
        assertThat(summary.twoAnswering()).isEqualTo(7_000_000);
    }

    @Test
    void hasNoMedianOfNothing() {
        assertThat(Summary.median(LongStream.empty())).isEmpty();
        assertThat(Summary.median(LongStream.of(3, 1, 2))).hasValue(2);
    }

    @Test
    void keepsTheFaultsInTheirOrderAndPutsVipkeeperFirst() {
        // given
        List<Measurement> runs = List.of(
                run(PEER, Fault.KILL, 1, 0),
                run(PEER, Fault.STOP, 2, 0),
                run(OURS, Fault.KILL, 3, 0),
                run(OURS, Fault.STOP, 4, 0));

        // when / then
        assertThat(Summary.of(runs))
                .extracting(one -> one.fault().id() + " " + one.program())
                .containsExactly("stop vipkeeper", "stop keepalived", "kill vipkeeper", "kill keepalived");
    }

    @Test
    void putsBothProgramsInOneLineAndNothingWhereOneWasNotMeasured() {
        // given
        List<Measurement> runs = List.of(
                run(OURS, Fault.STOP, 31, 0),
                run(OURS, Fault.STOP, 87, 0),
                run(PEER, Fault.STOP, 57, 1_200),
                run(OURS, Fault.API_CUT, 44, 0, true));

        // when
        List<String> lines = Tables.comparison(runs);

        // then
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1).split(" {2,}"))
                .containsExactly(
                        "clean stop",
                        "2",
                        "87 ms",
                        "87 ms",
                        "25 ms",
                        "25 ms",
                        "0 ms",
                        "1",
                        "0",
                        "57 ms",
                        "57 ms",
                        "1.20 s",
                        "1");
        assertThat(lines.get(2).split(" {2,}"))
                .containsExactly(
                        "cut off from the API",
                        "1",
                        "over 44 ms",
                        "over 44 ms",
                        "25 ms",
                        "25 ms",
                        "0 ms",
                        "1",
                        "0",
                        "-",
                        "-",
                        "-",
                        "-");
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
}
