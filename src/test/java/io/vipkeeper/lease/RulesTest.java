package io.vipkeeper.lease;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.vipkeeper.lease.Candidate.MILLI;
import static io.vipkeeper.lease.Candidate.SECOND;
import static io.vipkeeper.lease.Candidate.T0;
import static org.assertj.core.api.Assertions.assertThat;

class RulesTest {
    private final Rules rules = new Rules(Timing.ofSeconds(15, 10, 2));

    @Test
    void theRightIsCountedFromTheSendingWhateverTheAnswerTook() {
        assertThat(rules.rightEnds(T0, T0 + 5 * SECOND) - T0).isEqualTo(10 * SECOND);
    }

    @Test
    void theKernelIsDoneBeforeTheFastestOtherMayBegin() {
        // given a kernel that is a second late on a slow clock, and another node with a fast one
        long kernel = (long) ((rules.kernelEnds(T0, T0 + SECOND) - T0 + SECOND) / 0.99);
        long other = (long) ((claimableAfter(Kinship.KEEPER, 15)) / 1.01);
        // then
        assertThat(kernel).isLessThan(other);
    }

    @Test
    void theKernelEndsAfterTheRight() {
        assertThat(rules.kernelEnds(T0, T0) - rules.rightEnds(T0, T0)).isPositive();
    }

    @ParameterizedTest(name = "{0} with {1} s is waited for {2} ms")
    @CsvSource({
        "OWN, 15, 0",
        "PREVIOUS_LIFE, 15, 0",
        "FREED_BY_KEEPER, 1, 0",
        "FREED, 1, 500",
        "FREED, 15, 15305",
        "FREED, 0, 15305",
        "KEEPER, 15, 15305",
        "KEEPER, 30, 30605",
        "KEEPER, 5, 15305",
        "KEEPER, 0, 15305",
        "KEEPER, -5, 15305",
        "KEEPER, -2147483648, 15305",
        "KEEPER, 2147483647, 612005",
        "TWIN, 15, 15305",
        "FOREIGN, 15, 33155",
        "FOREIGN, 60, 61205",
        "FOREIGN, 2147483647, 612005",
        "NAMESAKE, 15, 33155",
    })
    void everyKinOfRecordHasItsWait(Kinship kinship, int seconds, long waitMillis) {
        assertThat(claimableAfter(kinship, seconds)).isEqualTo(waitMillis * MILLI);
    }

    @ParameterizedTest
    @EnumSource(Kinship.class)
    void theFirstSightIsNoReasonToWaitLess(Kinship kinship) {
        LeaseRecord record = record(15);
        assertThat(rules.claimableAt(record, kinship, T0, true))
                .isEqualTo(rules.claimableAt(record, kinship, T0, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999-12-31T23:59:59.999999Z", "0000-01-01T00:00:00Z", "", "yesterday"})
    void noTimestampOfAnotherNodeIsRead(String renewTime) {
        LeaseRecord odd = new LeaseRecord("1", "node-2", 15, 1, renewTime, renewTime, Map.of());
        assertThat(rules.claimableAt(odd, Kinship.KEEPER, T0, true))
                .isEqualTo(rules.claimableAt(record(15), Kinship.KEEPER, T0, true));
    }

    @Test
    void aMissingLeaseIsWaitedForLikeAHeldOne() {
        assertThat(rules.creatableAt(T0) - T0).isEqualTo(claimableAfter(Kinship.KEEPER, 15));
    }

    @Test
    void nothingIsReleasedWhileTheAddressMayBeOn() {
        assertThat(rules.mayReleaseBeforeUnbind()).isFalse();
    }

    private long claimableAfter(Kinship kinship, int seconds) {
        return rules.claimableAt(record(seconds), kinship, T0, false) - T0;
    }

    private static LeaseRecord record(int seconds) {
        return new LeaseRecord("1", "node-2", seconds, 1, "a", "r", Map.of());
    }
}
