package io.vipkeeper.grant;

import java.util.List;

import io.vipkeeper.lease.Accord;

/** What one step of the fast path leads to. */
public record GrantStep(GrantState state, List<Send> sends, Accord accord) {

    public GrantStep {
        sends = List.copyOf(sends);
    }

    /** A datagram to another candidate. */
    public record Send(String node, Message message) {}
}
