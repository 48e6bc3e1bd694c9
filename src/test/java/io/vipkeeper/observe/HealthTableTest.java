package io.vipkeeper.observe;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

import io.vipkeeper.Readme;
import io.vipkeeper.keeper.KeeperStatus;
import io.vipkeeper.keeper.States;

import static org.assertj.core.api.Assertions.assertThat;

/** What the probes say in every state of the core; the README's table is made here. */
class HealthTableTest {
    private static final String STILL = "the pipeline has stood still for 5 s";

    @Test
    void theTableOfProbesIsWhatTheProbesSay() throws IOException {
        StringBuilder table = new StringBuilder(
                "| state | role | live | ready | started | why not ready |\n|---|---|---|---|---|---|\n");
        table.append(row("not started yet", view(() -> null, 0), "-"));
        States.all()
                .forEach((name, status) -> table.append(
                        row(name, view(() -> status, 0), status.role().name())));
        KeeperStatus holder = States.all().get("holder");
        table.append(row(STILL, view(() -> holder, Liveness.LONGEST_STILL.toNanos()), "as before"));

        Readme.holds("health", table.toString());
    }

    @Test
    void nothingButAPipelineThatStandsStillIsNotLive() {
        States.all().forEach((name, status) -> {
            assertThat(new LiveCheck(new Liveness(view(() -> status, 0))).call().getStatus())
                    .as(name)
                    .isEqualTo(Status.UP);
            assertThat(new LiveCheck(new Liveness(view(() -> status, Liveness.LONGEST_STILL.toNanos())))
                            .call()
                            .getStatus())
                    .as(name)
                    .isEqualTo(Status.DOWN);
        });
    }

    @Test
    void whoeverIsNotReadySaysWhy() {
        States.all().forEach((name, status) -> {
            HealthCheckResponse ready = new ReadyCheck(view(() -> status, 0)).call();
            assertThat(ready.getStatus() == Status.UP)
                    .as(name)
                    .isEqualTo(why(ready).isEmpty());
        });
    }

    private static KeeperView view(Supplier<KeeperStatus> status, long stillNanos) {
        KeeperView view = new KeeperView();
        view.show(
                status,
                () -> Optional.ofNullable(status.get())
                                .map(KeeperStatus::turnedNanos)
                                .orElse(0L)
                        + stillNanos,
                () -> 0);
        return view;
    }

    private static String row(String state, KeeperView view, String role) {
        HealthCheckResponse ready = new ReadyCheck(view).call();
        return "| %s | %s | %s | %s | %s | %s |%n"
                .formatted(
                        state,
                        role,
                        answer(new LiveCheck(new Liveness(view))),
                        ready.getStatus(),
                        answer(new StartedCheck(view)),
                        why(ready).orElse(""));
    }

    private static Status answer(HealthCheck check) {
        return check.call().getStatus();
    }

    private static Optional<String> why(HealthCheckResponse ready) {
        return ready.getData().map(Map::copyOf).map(data -> data.get("reason")).map(Object::toString);
    }
}
