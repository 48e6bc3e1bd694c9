package io.vipkeeper.pool.ledger;

import java.util.List;
import java.util.Optional;

import io.vipkeeper.pool.Family;

/** What becomes of a {@link Wish}. */
public sealed interface Allocation {

    /**
     * These are its addresses, the primary family's first.
     *
     * @param shortfall a sentence of what it prefers and does not get
     */
    record Allocated(List<Grant> grants, Optional<String> shortfall) implements Allocation {}

    /**
     * Nothing is left for it, until another Service goes or the pool grows.
     *
     * @param pool its key in the ConfigMap
     * @param sentence names both and the remedy
     */
    record Exhausted(String pool, Family family, String sentence) implements Allocation {}

    /** It gets nothing until something is changed. @param sentence says why, and what to change */
    record Refused(String sentence) implements Allocation {}
}
