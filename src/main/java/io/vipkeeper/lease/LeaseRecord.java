package io.vipkeeper.lease;

import java.util.Map;

/**
 * A {@code coordination.k8s.io/v1} Lease as an API server answered it. Nothing in it is trusted: any elector, or a
 * person, may have written it.
 *
 * @param resourceVersion the version that a replacement must name
 * @param holderIdentity empty when nobody holds
 * @param leaseDurationSeconds as written; zero when missing, possibly negative or absurd
 * @param leaseTransitions as written; zero when missing
 * @param acquireTime as written, empty when missing; for people, and to notice a change
 * @param renewTime as written by another clock, empty when missing; never compared with a local one
 * @param annotations what the object carries, ours and others'
 */
public record LeaseRecord(
        String resourceVersion,
        String holderIdentity,
        int leaseDurationSeconds,
        int leaseTransitions,
        String acquireTime,
        String renewTime,
        Map<String, String> annotations) {

    public LeaseRecord {
        annotations = Map.copyOf(annotations);
    }

    /** Whether nobody holds this Lease. */
    public boolean isFree() {
        return holderIdentity.isEmpty();
    }

    /**
     * Whether {@code other} shows that its writer is no longer silent: any field of the spec differs. An annotation
     * alone is no sign of life of a holder, as in client-go.
     */
    boolean sameSpec(LeaseRecord other) {
        return holderIdentity.equals(other.holderIdentity)
                && leaseDurationSeconds == other.leaseDurationSeconds
                && leaseTransitions == other.leaseTransitions
                && acquireTime.equals(other.acquireTime)
                && renewTime.equals(other.renewTime);
    }

    /**
     * Whether this is surely an earlier version than {@code other}. Versions are compared as numbers where both are
     * (KEP-5504); otherwise neither counts as older.
     */
    boolean isOlderThan(LeaseRecord other) {
        return version(resourceVersion) >= 0 && version(resourceVersion) < version(other.resourceVersion);
    }

    private static long version(String text) {
        if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return Long.parseLong(text);
    }
}
