package io.vipkeeper.kubernetes.services;

import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.vipkeeper.kubernetes.ElectionClient;
import io.vipkeeper.kubernetes.ObjectPatch;
import io.vipkeeper.service.StatusAnswer;
import io.vipkeeper.service.StatusDraft;
import io.vipkeeper.service.plan.ServiceKey;

/** Writes the statuses of Services, with the annotation that says who announces them. Safe for any thread. */
public final class ServiceStatuses {
    /** Between two lines of the log about failures. */
    private static final long PAUSE_NANOS = 60_000_000_000L;

    private final ObjectPatch patches;
    private final Consumer<String> refused;
    private final LongSupplier clock;
    private OptionalLong saidNanos = OptionalLong.empty();
    private int unsaid;

    /**
     * @param refused told a sentence when the API server does not want a status, and then once a minute how many more
     * @param clock nanoseconds, monotonic
     */
    public ServiceStatuses(ElectionClient client, Consumer<String> refused, LongSupplier clock) {
        patches = new ObjectPatch(client);
        this.refused = refused;
        this.clock = clock;
    }

    /** Blocks for one request at most. */
    public StatusAnswer write(StatusDraft draft) {
        ServiceKey key = draft.service();
        String uri = "/api/v1/namespaces/" + key.namespace() + "/services/" + key.name() + "/status";
        ObjectPatch.Answer answer = patches.send(uri, ServiceJson.patch(draft));
        return switch (answer.status()) {
            case 200 -> StatusAnswer.DONE;
            case 404 -> StatusAnswer.MISSING;
            case 409 -> StatusAnswer.CONFLICT;
            default -> {
                complain("The status of Service " + key + " is not written and tried again: " + answer.text());
                yield StatusAnswer.FAILED;
            }
        };
    }

    private synchronized void complain(String sentence) {
        long now = clock.getAsLong();
        if (saidNanos.isPresent() && now - saidNanos.getAsLong() < PAUSE_NANOS) {
            unsaid++;
            return;
        }
        refused.accept(unsaid == 0 ? sentence : sentence + "; and " + unsaid + " more since the last such line");
        saidNanos = OptionalLong.of(now);
        unsaid = 0;
    }
}
