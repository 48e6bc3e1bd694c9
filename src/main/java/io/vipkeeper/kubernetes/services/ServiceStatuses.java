package io.vipkeeper.kubernetes.services;

import java.util.function.Consumer;

import io.vipkeeper.kubernetes.ElectionClient;
import io.vipkeeper.kubernetes.ObjectPatch;
import io.vipkeeper.service.StatusAnswer;
import io.vipkeeper.service.StatusDraft;
import io.vipkeeper.service.plan.ServiceKey;

/** Writes the statuses of Services, with the annotation that says who announces them. Safe for any thread. */
public final class ServiceStatuses {
    private final ObjectPatch patches;
    private final Consumer<String> refused;

    /** @param refused told a sentence when the API server does not want a status */
    public ServiceStatuses(ElectionClient client, Consumer<String> refused) {
        patches = new ObjectPatch(client);
        this.refused = refused;
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
                refused.accept("The status of Service " + key + " is not written and tried again: " + answer.text());
                yield StatusAnswer.FAILED;
            }
        };
    }
}
