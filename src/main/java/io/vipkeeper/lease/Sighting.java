package io.vipkeeper.lease;

import java.util.Optional;

/**
 * What this node last saw of the Lease.
 *
 * @param record empty when the Lease is missing
 * @param confirmedNanos when this was seen last
 * @param claimableAtNanos when it may be taken, or created
 */
public record Sighting(Optional<LeaseRecord> record, long confirmedNanos, long claimableAtNanos) {}
