package io.vipkeeper.vip;

/**
 * A run of probes by which a node shows that nobody answers for an address, as RFC 5227 section 2.1.1 has them but
 * quicker. An answer, or a step that came late, begins it anew: whoever was not awake may not have heard.
 *
 * @param firstNanos when the first run began
 * @param beganNanos when this run began
 * @param probes how many a run has
 * @param sent the probes of this run
 */
record Proof(long firstNanos, long beganNanos, int probes, int sent) {
    private static final long MILLI = 1_000_000L;

    /** What separates two probes, and what the answers to the last one have. */
    private static final long PROBE_NANOS = 25 * MILLI;

    private static final long LATE_NANOS = 40 * MILLI;

    /**
     * A provisional holder that is frozen is ended by its kernel by then: 2.5 s and the kernel's lateness after its last
     * step. Who answers for longer is none.
     */
    private static final long PATIENCE_NANOS = 4_000 * MILLI;

    static Proof begin(long now, int probes) {
        return new Proof(now, now, probes, 0);
    }

    Proof again(long now) {
        return new Proof(firstNanos, now, probes, 0);
    }

    Proof next() {
        return new Proof(firstNanos, beganNanos, probes, sent + 1);
    }

    long dueNanos() {
        return beganNanos + sent * PROBE_NANOS;
    }

    boolean isLate(long now) {
        return now - dueNanos() > LATE_NANOS;
    }

    boolean wantsProbe(long now) {
        return sent < probes && now - dueNanos() >= 0;
    }

    boolean isComplete(long now) {
        return sent == probes && now - dueNanos() >= 0;
    }

    boolean isOverlong(long now) {
        return now - firstNanos >= PATIENCE_NANOS;
    }
}
