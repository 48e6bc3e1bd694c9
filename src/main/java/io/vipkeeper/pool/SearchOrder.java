package io.vipkeeper.pool;

import java.util.Optional;

/** From which end of a pool addresses are handed out. */
public enum SearchOrder {
    ASCENDING,
    DESCENDING;

    /** The next address in this order that may be handed out; empty at the end of the family's addresses. */
    Optional<Address> after(Address address) {
        return this == ASCENDING ? address.nextUsable() : address.previousUsable();
    }
}
