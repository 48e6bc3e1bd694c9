package io.vipkeeper.observe;

import java.util.Optional;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

import io.vipkeeper.keeper.KeeperStatus;

/** /q/health/ready: whether this node could take over now, or holds already; and if not, everything that is missing. */
@Readiness
@Singleton
final class ReadyCheck implements HealthCheck {
    private final KeeperView view;

    ReadyCheck(KeeperView view) {
        this.view = view;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("could hold the address");
        Optional<KeeperStatus> known = view.running().flatMap(KeeperView.Running::status);
        if (known.isEmpty()) {
            return answer.down().withData("reason", "not started yet").build();
        }
        KeeperStatus status = known.get();
        answer.status(status.couldHold()).withData("role", status.role().name()).withData("holder", status.holder());
        if (!status.couldHold()) {
            answer.withData("reason", String.join("; ", Hindrance.textsOf(status)));
        }
        return answer.build();
    }
}
