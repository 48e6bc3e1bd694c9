package io.vipkeeper.observe;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** /q/health/started: whether the keeper made its first step. */
@Startup
@Singleton
final class StartedCheck implements HealthCheck {
    private final KeeperView view;

    StartedCheck(KeeperView view) {
        this.view = view;
    }

    @Override
    public HealthCheckResponse call() {
        boolean started = view.running().flatMap(KeeperView.Running::status).isPresent();
        return HealthCheckResponse.named("first step made")
                .status(started)
                .withData("reason", started ? "made" : "not started yet")
                .build();
    }
}
