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
    void aRestartAfterAKillKeepsTheAddressWhereItWas() {
        // when
        Measurement measured = new Trial(cluster()).run(Fault.RESTART);

        // then: the same holder; what the client notices depends on how fast this machine starts a process
        assertThat(measured.successor()).as(this::logs).isEmpty();
        assertThat(measured.twoAnswering()).as(this::logs).isZero();
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
