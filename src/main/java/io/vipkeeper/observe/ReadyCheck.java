package io.vipkeeper.observe;

import java.util.ArrayList;
import java.util.List;
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
            answer.withData("reason", String.join("; ", reasons(status)));
        }
        return answer.build();
    }

    private static List<String> reasons(KeeperStatus status) {
        List<String> reasons = new ArrayList<>();
        add(reasons, !status.leaseKnown(), "the Lease was never read");
        add(reasons, !status.apiAnswers(), "the API server gives no usable answer");
        add(reasons, !status.linkUsable(), "the interface cannot carry frames");
        add(reasons, status.twin(), "another process uses this node's identity");
        add(reasons, status.forbidden(), "the address is not ours to take");
        add(reasons, status.role() == KeeperStatus.Role.STOPPING, "the process ends");
        return reasons;
    }

    private static void add(List<String> reasons, boolean holds, String reason) {
        if (holds) {
            reasons.add(reason);
        }
    }
}
