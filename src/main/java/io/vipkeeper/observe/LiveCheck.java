package io.vipkeeper.observe;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** /q/health/live. */
@org.eclipse.microprofile.health.Liveness
@Singleton
final class LiveCheck implements HealthCheck {
    private final Liveness liveness;

    LiveCheck(Liveness liveness) {
        this.liveness = liveness;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("pipeline turns")
                .status(liveness.isLive())
                .withData("millisSinceLastStep", liveness.still().toMillis())
                .withData("limitMillis", Liveness.LONGEST_STILL.toMillis())
                .build();
    }
}
