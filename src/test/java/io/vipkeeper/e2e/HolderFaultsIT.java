package io.vipkeeper.e2e;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.vipkeeper.demo.Fault;
import io.vipkeeper.demo.Measurement;
import io.vipkeeper.demo.Trial;
import io.vipkeeper.demo.lab.LabNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The holder stops, dies, freezes, and loses its network. */
class HolderFaultsIT extends EndToEnd {
    private static final Duration HAND_OVER = Duration.ofSeconds(1);

    @Test
    void aCleanStopHandsOverAtOnceAndEndsWithZero() {
        // given
        LabNode holder = holder();

        // when
        holder.stop();

        // then
        assertThat(holder.awaitEnd(Duration.ofSeconds(3))).as(this::logs).isTrue();
        assertThat(holder.exitCode()).contains(0);
        awaitSuccessorOf(holder, LEASE);
        watch(Duration.ofSeconds(1));
        assertThat(gap()).as(this::logs).isLessThan(HAND_OVER);
        assertThat(holder.hasVip()).isFalse();
    }

    @Test
    void theAddressOfAKilledHolderGoesBeforeAnotherTakesIt() {
        // when
        Measurement measured = new Trial(cluster()).run(Fault.KILL);

        // then
        assertTakenOver(measured);
    }

    @Test
    void theAddressOfAFrozenHolderGoesAndDoesNotComeBackWhenItThaws() {
        // when: the trial also resumes it, and watches that exactly one answers
        Measurement measured = new Trial(cluster()).run(Fault.FREEZE);
        watch(Duration.ofSeconds(2));

        // then
        assertTakenOver(measured);
    }

    @Test
    void aPulledCableMovesTheAddressAndTheNodeTakesPartAgainWhenItIsBack() {
        // when
        Measurement measured = new Trial(cluster()).run(Fault.UNPLUG);
        watch(Duration.ofSeconds(2));

        // then
        assertTakenOver(measured);
    }

    @Test
    void aPowerCutMovesTheAddress() {
        // when
        Measurement measured = new Trial(cluster()).run(Fault.POWER_OFF);

        // then
        assertTakenOver(measured);
        assertThat(measured.announced()).isPresent();
    }

    @Test
    void anAddressFlushedByHandIsBackAtOnce() {
        // given
        LabNode holder = holder();

        // when
        holder.flushVip();
        watch(Duration.ofSeconds(2));

        // then
        assertThat(holder()).isSameAs(holder);
        assertThat(gap()).as(this::logs).isLessThan(HAND_OVER);
    }

    private void assertTakenOver(Measurement measured) {
        assertThat(measured.successor()).as(this::logs).isPresent();
        assertThat(measured.twoAnswering()).as(this::logs).isZero();
        assertThat(Duration.ofNanos(measured.gap())).as(this::logs).isLessThan(WITHOUT_HOLDER);
    }
}
