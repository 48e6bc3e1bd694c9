package io.vipkeeper.grant;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the fast path is told. */
public sealed interface GrantEvent {

    /** Time went by; nothing else. */
    record Tick() implements GrantEvent {}

    /** Every candidate that the API knows, this node among them or not. */
    record Candidates(List<Candidate> all) implements GrantEvent {

        public Candidates {
            all = List.copyOf(all);
        }
    }

    /** The control plane's Nodes that are Ready: one that is no candidate may run another elector. */
    record ControlPlane(Set<String> nodes) implements GrantEvent {

        public ControlPlane {
            nodes = Set.copyOf(nodes);
        }
    }

    /** A datagram that a known candidate sent, surely that one and surely not before. */
    record Received(String from, Message message) implements GrantEvent {}

    /**
     * Whether this node's own API server is ready to serve, by its probes. Told again with each that it answers well.
     *
     * @param evidenceNanos of one that is ready: when the newest probe that it answered well began; of one that is not:
     *     when the first of the probes that failed began. On this node's clock; empty if no probe showed it
     */
    record LocalApi(boolean ready, Optional<Long> evidenceNanos) implements GrantEvent {}
}
