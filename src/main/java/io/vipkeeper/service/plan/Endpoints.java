package io.vipkeeper.service.plan;

import java.util.HashSet;
import java.util.Set;

/**
 * Where a Service's backends are that take traffic.
 *
 * @param any whether there is one at all
 * @param nodes the Nodes that have one
 */
public record Endpoints(boolean any, Set<String> nodes) {
    public static final Endpoints NONE = new Endpoints(false, Set.of());

    public Endpoints {
        nodes = Set.copyOf(nodes);
    }

    /** Both together. */
    public Endpoints and(Endpoints other) {
        Set<String> all = new HashSet<>(nodes);
        all.addAll(other.nodes);
        return new Endpoints(any || other.any, all);
    }
}
