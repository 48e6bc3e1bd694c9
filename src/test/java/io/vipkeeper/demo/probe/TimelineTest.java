package io.vipkeeper.demo.probe;

import java.util.OptionalLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TimelineTest {
    private static final long MS = 1_000_000;
    private static final long T0 = Long.MAX_VALUE - 3_000 * MS; // wraps within the tests
    private static final String ONE = "02:00:00:00:02:11";
    private static final String OTHER = "02:00:00:00:02:12";

    private final Timeline timeline = new Timeline();

    @Test
    void measuresTheGapBetweenTheEchoesAroundAFault() {
        // given: echoes every 5 ms, none between 1000 and 1420
        echoes(0, 1_000);
        echoes(1_420, 4_000);

        // when / then
        assertThat(timeline.gapNanos(at(500), at(3_500))).isEqualTo(420 * MS);
        assertThat(timeline.gapNanos(at(2_000), at(3_500))).isEqualTo(5 * MS);
    }

    @Test
    void countsAGapThatBeganBeforeTheWindowInFull() {
        // given
        echoes(0, 1_000);
        echoes(1_420, 4_000);

        // when / then
        assertThat(timeline.gapNanos(at(1_300), at(3_500))).isEqualTo(420 * MS);
    }

    @Test
    void countsAnOpenGapUpToTheWindowsEnd() {
        // given
        echoes(0, 1_000);

        // when / then
        assertThat(timeline.gapNanos(at(500), at(9_000))).isEqualTo(8_000 * MS);
    }

    @Test
    void sendingTogetherWhatWasQueuedDoesNotHideTheWait() {
        // given: the kernel kept packets for 800 ms and sent them at one moment
        echoes(0, 1_000);
        for (int i = 0; i < 50; i++) {
            timeline.echoed(at(1_800));
        }

        // when / then
        assertThat(timeline.gapNanos(at(0), at(1_801))).isEqualTo(800 * MS);
    }

    @Test
    void aHandOverIsNotTwoAnswering() {
        // given
        answers(ONE, 0, 1_000);
        answers(OTHER, 1_001, 2_000);

        // when / then
        assertThat(timeline.twoAnsweringNanos(at(0), at(2_000))).isZero();
        assertThat(timeline.holder(at(2_000))).contains(OTHER);
    }

    @Test
    void aHandOverThereAndBackIsNotTwoAnswering() {
        // given
        answers(ONE, 0, 1_000);
        answers(OTHER, 1_001, 2_000);
        answers(ONE, 2_001, 3_000);

        // when / then
        assertThat(timeline.twoAnsweringNanos(at(0), at(3_000))).isZero();
    }

    @Test
    void mixedAnswersCountFromTheFirstOfTheSecondToTheLastOfTheFirst() {
        // given: both answer between 1000 and 1500
        for (int ms = 0; ms <= 2_000; ms += 5) {
            if (ms <= 1_500) {
                timeline.answered(at(ms), ONE);
            }
            if (ms >= 1_000) {
                timeline.answered(at(ms) + 1, OTHER);
            }
        }

        // when / then
        assertThat(timeline.twoAnsweringNanos(at(0), at(2_000))).isEqualTo(500 * MS - 1);
        assertThat(timeline.answering(at(1_500))).isEqualTo(2);
        assertThat(timeline.answering(at(2_000))).isOne();
    }

    @Test
    void aSingleStrayAnswerOfTheOldHolderCounts() {
        // given
        answers(ONE, 0, 1_000);
        answers(OTHER, 1_001, 1_100);
        timeline.answered(at(1_100), ONE);
        answers(OTHER, 1_101, 2_000);

        // when / then
        assertThat(timeline.twoAnsweringNanos(at(0), at(2_000))).isPositive();
    }

    @Test
    void threeAnsweringCountOnce() {
        // given
        for (int ms = 0; ms <= 100; ms += 5) {
            timeline.answered(at(ms), ONE);
            timeline.answered(at(ms), OTHER);
            timeline.answered(at(ms), "02:00:00:00:02:13");
        }

        // when / then
        assertThat(timeline.twoAnsweringNanos(at(0), at(100))).isEqualTo(100 * MS);
    }

    @Test
    void findsWhoTookOverAndWhenItSaidSo() {
        // given
        answers(ONE, 0, 1_000);
        timeline.announced(at(1_400), OTHER);
        answers(OTHER, 1_405, 2_000);

        // when / then
        assertThat(timeline.firstAnswerOfAnother(ONE, at(500))).hasValue(at(1_405));
        assertThat(timeline.firstAnnouncement(OTHER, at(500))).hasValue(at(1_400));
        assertThat(timeline.lastAnswer(ONE, at(3_000))).hasValue(at(1_000));
        assertThat(timeline.firstAnswer(ONE, at(1_500))).isEqualTo(OptionalLong.empty());
    }

    @Test
    void nobodyHoldsTheAddressOnceNobodyHasAnsweredForAWhile() {
        // given
        answers(ONE, 0, 1_000);

        // when / then
        assertThat(timeline.holder(at(1_200))).contains(ONE);
        assertThat(timeline.holder(at(1_201))).isEmpty();
    }

    @Test
    void saysHowExactlyItCanTell() {
        // given: the prober itself stood still for 80 ms
        for (int ms = 0; ms <= 500; ms += 5) {
            timeline.asked(at(ms));
        }
        timeline.asked(at(580));

        // when / then
        assertThat(timeline.resolutionNanos(at(0), at(580))).isEqualTo(80 * MS);
    }

    @Test
    void countsAMoveWhenAnotherNodeBeginsToAnswer() {
        // given: there and back, the second time after nobody answered
        answers(ONE, 0, 1_000);
        answers(OTHER, 1_001, 2_000);
        answers(ONE, 2_500, 3_000);

        // when / then
        assertThat(timeline.moves(at(0), at(3_000))).containsExactly(at(1_001), at(2_500));
    }

    @Test
    void aNodeThatAnswersAgainAfterAGapHasNotMovedTheAddress() {
        // given
        answers(ONE, 0, 1_000);
        answers(ONE, 1_800, 3_000);

        // when / then
        assertThat(timeline.moves(at(0), at(3_000))).isEmpty();
    }

    @Test
    void countsTheReturnToANodeThatNeverStoppedAnswering() {
        // given: one goes on all the time, the other answers beside it and falls silent
        for (int ms = 0; ms <= 2_000; ms += 5) {
            timeline.answered(at(ms), ONE);
            if (ms >= 500 && ms <= 1_000) {
                timeline.answered(at(ms) + 1, OTHER);
            }
        }

        // when / then
        assertThat(timeline.moves(at(0), at(2_000))).containsExactly(at(500) + 1, at(1_000) + 1);
        assertThat(timeline.moves(at(0), at(900))).containsExactly(at(500) + 1);
    }

    @Test
    void aStrayAnswerOfTheOldHolderIsNoReturn() {
        // given
        answers(ONE, 0, 1_000);
        answers(OTHER, 1_001, 1_100);
        timeline.answered(at(1_100), ONE);
        answers(OTHER, 1_101, 2_000);

        // when / then
        assertThat(timeline.moves(at(0), at(2_000))).containsExactly(at(1_001));
    }

    @Test
    void isCalmWhenOneNodeAnswersAndEchoesComeBackAllTheTime() {
        // given: a hand-over at 1000, and no echoes from 2000 to 2300
        answers(ONE, 0, 1_000);
        answers(OTHER, 1_001, 4_000);
        echoes(0, 2_000);
        echoes(2_300, 4_000);

        // when / then
        assertThat(timeline.calm(at(0), at(900))).isTrue();
        assertThat(timeline.calm(at(900), at(1_900))).isFalse();
        assertThat(timeline.calm(at(1_100), at(1_900))).isTrue();
        assertThat(timeline.calm(at(1_500), at(2_500))).isFalse();
        assertThat(timeline.calm(at(3_500), at(4_300))).isFalse();
    }

    @Test
    void isCompleteOnceTheProberHasAskedAWhileLater() {
        // given
        timeline.asked(at(100));
        timeline.asked(at(119));

        // when / then
        assertThat(timeline.isComplete(at(100))).isFalse();
        assertThat(timeline.isComplete(at(99))).isTrue();
    }

    @Test
    void forgettingThePastLeavesTheRestAsItWas() {
        // given
        answers(ONE, 0, 1_000);
        answers(OTHER, 1_001, 4_000);
        echoes(0, 1_000);
        echoes(1_420, 4_000);

        // when
        timeline.forgetBefore(at(1_200));

        // then
        assertThat(timeline.gapNanos(at(1_200), at(4_000))).isEqualTo(420 * MS);
        assertThat(timeline.holder(at(1_200))).contains(OTHER);
        assertThat(timeline.lastAnswer(ONE, at(4_000))).isEmpty();
    }

    private void echoes(int from, int to) {
        for (int ms = from; ms <= to; ms += 5) {
            timeline.echoed(at(ms));
        }
    }

    private void answers(String mac, int from, int to) {
        for (int ms = from; ms <= to; ms += 5) {
            timeline.answered(at(ms), mac);
        }
        timeline.answered(at(to), mac);
    }

    private static long at(long ms) {
        return T0 + ms * MS;
    }
}
