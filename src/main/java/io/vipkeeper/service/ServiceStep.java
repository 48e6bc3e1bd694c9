package io.vipkeeper.service;

import java.util.List;

/** What one step leads to; the next is due at {@code wakeAtNanos} if nothing else happens. */
public record ServiceStep(List<ServiceAction> actions, long wakeAtNanos) {
    public ServiceStep {
        actions = List.copyOf(actions);
    }
}
