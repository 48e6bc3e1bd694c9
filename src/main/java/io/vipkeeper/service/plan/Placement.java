package io.vipkeeper.service.plan;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.vipkeeper.vip.VirtualIp;

/**
 * An address that is wanted.
 *
 * @param lease whose holder is to have it
 * @param nic where
 * @param services who share it, the oldest first
 * @param served those of them that have somewhere to send traffic; the address goes nowhere without one
 * @param nodes where it may be; empty: anywhere
 */
public record Placement(
        VirtualIp vip,
        LeaseRef lease,
        String nic,
        List<ServiceKey> services,
        Set<ServiceKey> served,
        Optional<Set<String>> nodes) {
    public Placement {
        services = List.copyOf(services);
        served = Set.copyOf(served);
        nodes = nodes.map(Set::copyOf);
    }

    public boolean mayBeOn(String node) {
        return !served.isEmpty() && nodes.map(some -> some.contains(node)).orElse(true);
    }

    /** Whether there is a node that may have it. */
    public boolean mayBeSomewhere() {
        return !served.isEmpty() && nodes.map(some -> !some.isEmpty()).orElse(true);
    }
}
