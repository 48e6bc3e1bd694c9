package io.vipkeeper.lease;

import java.util.Optional;

/**
 * The election's state between two steps.
 *
 * @param sighting empty until the first answer
 * @param pending the request that is under way
 * @param notBeforeNanos the earliest moment for the next request
 * @param pollAtNanos when a follower reads if its watch stays silent
 * @param mustRead what is known is outdated: read before anything is written
 * @param lastRequest the number of the newest request
 * @param stopping set for good by {@link LeaseEvent.Stop}
 * @param accord what the fast path said last
 * @param fastWrite the number of the newest write that may have let a majority limit this holder, zero when surely none
 *     is in force
 * @param replaced what the newest claim was to replace, empty for a creation; for people
 */
public record LeaseState(
        LeaseRole role,
        Optional<Sighting> sighting,
        Optional<Pending> pending,
        long notBeforeNanos,
        long pollAtNanos,
        boolean mustRead,
        Conflicts conflicts,
        long lastRequest,
        boolean eligible,
        boolean stopping,
        Accord accord,
        long fastWrite,
        Optional<LeaseRecord> replaced) {

    /** @param sentNanos before the request left */
    public record Pending(long request, RequestKind kind, long sentNanos) {}

    /** A process that has just begun and knows nothing. */
    public static LeaseState initial(long nowNanos) {
        return new LeaseState(
                new LeaseRole.Follower(Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                nowNanos,
                nowNanos,
                true,
                Conflicts.NONE,
                0,
                false,
                false,
                Accord.none(nowNanos),
                0,
                Optional.empty());
    }

    /** The record that was last seen, if there is one. */
    public Optional<LeaseRecord> record() {
        return sighting.flatMap(Sighting::record);
    }
}
