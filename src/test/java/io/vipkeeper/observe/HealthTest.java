package io.vipkeeper.observe;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

import io.vipkeeper.keeper.KeeperStatus;
import io.vipkeeper.keeper.KeeperStatus.Role;

import static org.assertj.core.api.Assertions.assertThat;

class HealthTest {
    private static final long T0 = Long.MAX_VALUE - 1;

    private final KeeperView view = new KeeperView();
    private final AtomicReference<KeeperStatus> status = new AtomicReference<>();
    private final LiveCheck live = new LiveCheck(new Liveness(view));
    private final ReadyCheck ready = new ReadyCheck(view);
    private final StartedCheck started = new StartedCheck(view);
    private long now = T0;

    @Test
    void beforeThereIsAKeeperTheProcessIsLiveOnly() {
        assertThat(live.call().getStatus()).isEqualTo(Status.UP);
        assertThat(ready.call().getStatus()).isEqualTo(Status.DOWN);
        assertThat(started.call().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void aKeeperThatNeverMakesItsFirstStepIsNotLiveForLong() {
        view.show(status::get, () -> now, () -> 0);

        assertThat(live.call().getStatus()).isEqualTo(Status.UP);
        assertThat(started.call().getStatus()).isEqualTo(Status.DOWN);
        now += Liveness.LONGEST_STILL.toNanos();
        assertThat(live.call().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void aStandbyWithoutAnApiServerIsLiveAndStartedButNotReady() {
        view.show(status::get, () -> now, () -> 0);
        status.set(Statuses.follower(false, now));

        assertThat(live.call().getStatus()).isEqualTo(Status.UP);
        assertThat(started.call().getStatus()).isEqualTo(Status.UP);
        assertThat(reason(ready.call())).isEqualTo("the API server gives no usable answer");
    }

    @Test
    void aPipelineThatStandsStillIsNotLive() {
        view.show(status::get, () -> now, () -> 0);
        status.set(Statuses.holder(now));

        now += Liveness.LONGEST_STILL.toNanos() - 1;
        assertThat(live.call().getStatus()).isEqualTo(Status.UP);
        now += 1;
        assertThat(live.call().getStatus()).isEqualTo(Status.DOWN);
        assertThat(live.call().getData().orElseThrow())
                .containsEntry("millisSinceLastStep", Duration.ofSeconds(5).toMillis());
    }

    @Test
    void aHolderIsReadyAndNamesTheHolder() {
        view.show(status::get, () -> now, () -> 0);
        status.set(Statuses.holder(now));

        assertThat(ready.call().getStatus()).isEqualTo(Status.UP);
        assertThat(ready.call().getData().orElseThrow())
                .containsEntry("role", "HOLDER")
                .containsEntry("holder", "node-b");
    }

    @Test
    void everythingThatIsMissingIsNamed() {
        view.show(status::get, () -> now, () -> 0);
        status.set(Statuses.status(Role.STOPPING, false, true, false, now));

        assertThat(reason(ready.call()))
                .isEqualTo("the API server gives no usable answer; the interface cannot carry frames;"
                        + " another process uses this node's identity; the process ends");
    }

    private static Object reason(HealthCheckResponse response) {
        assertThat(response.getStatus()).isEqualTo(Status.DOWN);
        return response.getData().orElseThrow().get("reason");
    }
}
