package io.vipkeeper.lease;

/**
 * The Lease behind an API server. Every method blocks its thread until there is an answer or the attempt's time is
 * over, throws nothing, and may be called from any thread. Nothing is retried inside.
 */
public interface LeaseStore {

    /** Reads the newest version (a quorum read, never from a cache). */
    LeaseAnswer read();

    /** Creates the Lease; {@link LeaseAnswer.Conflict} when it exists. */
    LeaseAnswer create(LeaseDraft draft);

    /**
     * Replaces the Lease (PUT) if its version still is {@code base}'s.
     *
     * @param base a record that this store answered or watched before
     */
    LeaseAnswer replace(LeaseRecord base, LeaseDraft draft);
}
