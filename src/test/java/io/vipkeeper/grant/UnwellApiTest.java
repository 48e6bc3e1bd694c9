package io.vipkeeper.grant;

import java.util.OptionalInt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** When a holder gives the Lease away because of its API server, and to whom. */
class UnwellApiTest {

    @Test
    void aHolderWhoseApiServerServesStays() {
        // given
        Incumbent incumbent = Incumbent.thatHolds();
        // when
        incumbent.probes(true, 5);
        incumbent.isPromised("node-b", OptionalInt.of(1));
        // then
        assertThat(incumbent.wantsToLeave()).isFalse();
    }

    /** The first probe that the holder's server did not answer began 400 ms ago; a proof must be 100 ms younger. */
    @ParameterizedTest(name = "a probe that began {1} ms before an answer to what was asked {0} ms ago: {2}")
    @CsvSource({
        "0,     1, true",
        "0,   289, true", // 289 x 1.02 + 5 = 299.8
        "0,   290, false",
        "0, 60000, false",
        "293,   1, true",
        "294,   1, false",
        "400,   1, false",
    })
    void itLeavesOnlyWhenAnothersServerSurelyServedAfterItsOwnWasSilent(long asked, int proven, boolean leaves) {
        // given
        Incumbent incumbent = Incumbent.thatHolds();
        incumbent.probes(false, 400);
        boolean atOnce = incumbent.wantsToLeave();
        // when
        incumbent.isPromised("node-b", asked, OptionalInt.of(proven));
        // then
        assertThat(atOnce).isFalse();
        assertThat(incumbent.wantsToLeave()).isEqualTo(leaves);
    }

    @Test
    void anOldProofIsNoneHoweverLongItWaits() {
        // given
        Incumbent incumbent = Incumbent.thatHolds();
        incumbent.probes(false, 300);
        // when
        for (int age = 250; age <= 1_200; age += 50) {
            incumbent.pass(50);
            incumbent.isPromised("node-b", OptionalInt.of(age));
            incumbent.isPromised("node-c", OptionalInt.of(age));
        }
        // then
        assertThat(incumbent.wantsToLeave()).isFalse();
    }

    @ParameterizedTest(name = "{0} ms after the verdict: {1}")
    @CsvSource({"0, false", "249, false", "250, true"})
    void forWhomeverProbesNoServerItWaitsAMoment(long millis, boolean leaves) {
        // given
        Incumbent incumbent = Incumbent.thatHolds();
        incumbent.probes(false, 300);
        incumbent.isPromised("node-b", OptionalInt.empty());
        // when
        incumbent.pass(millis);
        // then
        assertThat(incumbent.wantsToLeave()).isEqualTo(leaves);
    }

    @Test
    void theSuccessorIsOneThatHasProvenIt() {
        // given
        Incumbent incumbent = Incumbent.thatHolds();
        incumbent.probes(false, 400);
        // when: node-b, which comes first, may not have noticed yet
        incumbent.isPromised("node-b", OptionalInt.of(400));
        incumbent.isPromised("node-c", OptionalInt.of(20));
        // then
        assertThat(incumbent.wantsToLeave()).isTrue();
        assertThat(incumbent.successor()).contains("node-c");
    }

    @Test
    void oneThatHasProvenItIsPreferredToOneThatProbesNoServer() {
        // given
        Incumbent incumbent = Incumbent.thatHolds();
        incumbent.probes(false, 400);
        // when: node-b, which comes first, was waited for
        incumbent.isPromised("node-b", OptionalInt.empty());
        incumbent.pass(260);
        incumbent.isPromised("node-c", OptionalInt.of(20));
        // then
        assertThat(incumbent.wantsToLeave()).isTrue();
        assertThat(incumbent.successor()).contains("node-c");
    }

    /** The holder's server fell silent 400 ms ago. */
    @ParameterizedTest(name = "a candidate that became ready {0} ms ago: {1}")
    @CsvSource({"0, false", "399, false", "400, true", "1499, true"})
    void whoeverWasReadyBeforeTheHoldersServerFellSilentNeedNotHaveBeenSoForLong(long readyFor, boolean leaves) {
        // given
        Incumbent incumbent = Incumbent.thatHolds();
        incumbent.isUnready("node-b");
        incumbent.isUnready("node-c");
        incumbent.isPromised("node-b", OptionalInt.of(1_000));
        incumbent.pass(readyFor);
        incumbent.probes(false, 400);
        // when
        incumbent.isPromised("node-b", OptionalInt.of(1));
        // then
        assertThat(incumbent.wantsToLeave()).isEqualTo(leaves);
    }

    @ParameterizedTest(name = "ready for {0} ms: {1}")
    @CsvSource({"1499, false", "1500, true"})
    void whoeverBecameReadyLaterIsWaitedForAsItMayHaveComeBackFromTheSame(long readyFor, boolean leaves) {
        // given
        Incumbent incumbent = Incumbent.thatHolds();
        incumbent.isUnready("node-b");
        incumbent.isUnready("node-c");
        incumbent.probes(false, 300);
        incumbent.isPromised("node-b", OptionalInt.of(1));
        // when
        incumbent.pass(readyFor);
        incumbent.isPromised("node-b", OptionalInt.of(1));
        // then
        assertThat(incumbent.wantsToLeave()).isEqualTo(leaves);
    }
}
