package io.vipkeeper.service.plan;

import java.util.List;
import java.util.Map;

/** All Services and their backends as they were seen last; the whole level, not a change. */
public record Snapshot(List<ServiceView> services, Map<ServiceKey, Endpoints> endpoints) {
    public Snapshot {
        services = List.copyOf(services);
        endpoints = Map.copyOf(endpoints);
    }

    Endpoints of(ServiceKey key) {
        return endpoints.getOrDefault(key, Endpoints.NONE);
    }
}
