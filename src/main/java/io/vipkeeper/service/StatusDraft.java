package io.vipkeeper.service;

import java.util.List;

import io.vipkeeper.service.plan.ServiceKey;

/**
 * What a Service's status is to say.
 *
 * @param version the only one that this may replace
 * @param ingress addresses as text; empty: nothing
 * @param host the node that announces; empty: none
 */
public record StatusDraft(ServiceKey service, String uid, String version, List<String> ingress, String host) {
    public StatusDraft {
        ingress = List.copyOf(ingress);
    }
}
