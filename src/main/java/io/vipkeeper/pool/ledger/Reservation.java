package io.vipkeeper.pool.ledger;

import java.util.Collections;
import java.util.Set;

/**
 * An address that no pool hands out.
 *
 * @param owner for people: {@code Node a}, {@code the control plane}
 * @param ports what the owner listens on, so that a Service that asks for the address may have other ports of it; with
 *     none, none may
 */
public record Reservation(String owner, Set<Port> ports) {

    boolean refuses(Claim claim) {
        return ports.isEmpty() || claim.ports().isEmpty() || !Collections.disjoint(ports, claim.ports());
    }
}
