package io.vipkeeper.e2e;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.vipkeeper.demo.FastPath;
import io.vipkeeper.demo.Fault;
import io.vipkeeper.demo.Measurement;
import io.vipkeeper.demo.Trial;

import static org.assertj.core.api.Assertions.assertThat;

/** Three candidates take over from each other long before the Lease has run out. */
class FastPathIT extends EndToEnd {
    /** Far below what the plain rules can do, and far above what the benchmark measures. */
    private static final Duration EARLY = Duration.ofMillis(1500);

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"STOP", "KILL", "FREEZE", "POWER_OFF", "UNPLUG", "API_CUT", "API_FROZEN"})
    void theAddressMovesOnceAndEarly(Fault fault) {
        // when
        Measurement measured = new Trial(cluster()).run(fault);

        // then
        assertThat(measured.fastPath()).isEqualTo(FastPath.ON);
        assertThat(measured.open()).as(this::logs).isFalse();
        assertThat(measured.twoAnswering()).as(this::logs).isZero();
        assertThat(measured.moves()).as(this::logs).isEqualTo(1);
        assertThat(measured.flips()).as(this::logs).isZero();
        assertThat(Duration.ofNanos(measured.gap())).as(this::logs).isLessThan(EARLY);
    }

    @Test
    void noApiServerForHalfAMinuteMovesNothing() {
        // when
        Measurement measured = new Trial(cluster()).run(Fault.ALL_APIS_FROZEN);

        // then
        assertThat(measured.fastPath()).isEqualTo(FastPath.ON);
        assertThat(measured.moves()).as(this::logs).isZero();
        assertThat(Duration.ofNanos(measured.gap() - measured.resolution()))
                .as(this::logs)
                .isLessThan(Duration.ofMillis(500));
    }
}
