package io.vipkeeper.grant;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class OwnApiTest {
    private static final long T0 = Long.MAX_VALUE - 1_000_000; // the clock overflows on the way

    @Test
    void aServerThatWasNeverProbedIsNotHeldAgainstItsNodeAndProvesNothing() {
        OwnApi unknown = OwnApi.unknown(T0);
        assertThat(unknown.ready()).isTrue();
        assertThat(unknown.provenMillis(T0 + 5)).isEmpty();
        assertThat(unknown.unwellNanos()).isEmpty();
    }

    @ParameterizedTest(name = "{0} ns ago is told as {1} ms")
    @CsvSource({
        "-1, 1",
        "0, 1",
        "1, 1",
        "999999, 1",
        "1000000, 2",
        "59000000000, 59001",
        "60000000000, 60000",
        "9000000000000, 60000"
    })
    void aProofIsNeverToldYoungerThanItIs(long ago, int millis) {
        OwnApi proven = OwnApi.unknown(T0).told(new GrantEvent.LocalApi(true, Optional.of(T0)), T0);
        assertThat(proven.provenMillis(T0 + ago)).hasValue(millis);
    }

    @Test
    void newEvidenceMovesNoVerdict() {
        // given
        OwnApi unwell = OwnApi.unknown(T0).told(new GrantEvent.LocalApi(false, Optional.of(T0 + 3)), T0 + 5);
        // when
        OwnApi still = unwell.told(new GrantEvent.LocalApi(false, Optional.of(T0 + 3)), T0 + 9);
        OwnApi well = unwell.told(new GrantEvent.LocalApi(true, Optional.of(T0 + 8)), T0 + 9);
        // then
        assertThat(still.turnedNanos()).isEqualTo(T0 + 5);
        assertThat(still.unwellNanos()).contains(T0 + 3);
        assertThat(still.provenMillis(T0 + 9)).isEmpty();
        assertThat(well.turnedNanos()).isEqualTo(T0 + 9);
        assertThat(well.unwellNanos()).isEmpty();
    }
}
