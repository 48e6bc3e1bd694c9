package io.vipkeeper.e2e;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.vipkeeper.demo.Fault;
import io.vipkeeper.demo.Measurement;
import io.vipkeeper.demo.Trial;

import static org.assertj.core.api.Assertions.assertThat;

/** The Lease alone decides. */
class PlainRulesIT extends EndToEnd {

    @Override
    Map<String, String> environment() {
        return Map.of("vip_fast", "off");
    }

    @Test
    void aRestartAfterAKillIsNotNoticed() {
        // when
        Measurement measured = new Trial(cluster()).run(Fault.RESTART);

        // then: the same holder, and nothing that the client could tell from scheduling on a busy machine
        assertThat(measured.successor()).as(this::logs).isEmpty();
        assertThat(Duration.ofNanos(measured.gap() - measured.resolution()))
                .as(this::logs)
                .isLessThan(Duration.ofMillis(250));
    }

    @Test
    void aKilledHolderIsReplacedWhenItsLeaseHasRunOut() {
        // when
        Measurement measured = new Trial(cluster()).run(Fault.KILL);

        // then
        assertThat(measured.open()).as(this::logs).isFalse();
        assertThat(Duration.ofNanos(measured.gap())).as(this::logs).isLessThan(WITHOUT_HOLDER);
    }
}
