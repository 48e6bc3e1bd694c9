package io.vipkeeper.pipeline;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.vipkeeper.keeper.Keeper;
import io.vipkeeper.keeper.KeeperEvent;
import io.vipkeeper.keeper.KeeperState;
import io.vipkeeper.keeper.KeeperStatus;
import io.vipkeeper.keeper.KeeperStep;
import io.vipkeeper.keeper.Observation;
import io.vipkeeper.keeper.Observer;

import static org.assertj.core.api.Assertions.assertThat;

class AudienceTest {
    private static final long MILLI = 1_000_000L;

    private final Keeper keeper = new Keeper(Bench.settings(Bench.QUICK));
    private final List<String> told = new ArrayList<>();
    private KeeperState state = keeper.initial(0);
    private long now;
    private final Audience audience = new Audience(
            List.of(new Observer() {
                @Override
                public void observed(Observation observation, long atNanos) {
                    told.add("observed " + atNanos / MILLI);
                }

                @Override
                public void turned(KeeperStatus status) {
                    told.add("turned " + status.turnedNanos() / MILLI);
                }
            }),
            Runnable::run,
            () -> keeper.status(state, now),
            failure -> told.add(failure.toString()));

    @Test
    void ofStepsWithoutObservationsItHearsAFewTimesASecond() {
        // when
        for (int millis = 0; millis <= 1_000; millis += 50) {
            step(millis, List.of());
        }
        // then
        assertThat(told)
                .containsExactly("turned 0", "turned 200", "turned 400", "turned 600", "turned 800", "turned 1000");
    }

    @Test
    void anObservationIsToldAtOnceAndTheStatusAfterIt() {
        // given
        step(0, List.of());
        told.clear();
        // when
        step(1, List.of(new Observation.LinkTurned(true)));
        // then
        assertThat(told).containsExactly("observed 1", "turned 1");
    }

    private void step(long millis, List<Observation> observations) {
        now = millis * MILLI;
        KeeperStep step = keeper.step(state, new KeeperEvent.Tick(), now);
        state = step.state();
        audience.tell(new KeeperStep(state, List.of(), observations, now, step.wakeAtNanos()));
    }
}
