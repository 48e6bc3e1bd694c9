package io.vipkeeper.kubernetes.candidates;

import java.util.Optional;

import io.vipkeeper.grant.Candidate;
import io.vipkeeper.lease.LeaseRecord;

/**
 * Another machine that was given this node's name by mistake and keeps the candidate's Lease of it. What was written
 * from this node's own address is an earlier life's and in nobody's way. One thread at a time may look, any may ask.
 */
final class Namesake {
    private String version = "";
    private long sinceNanos;
    private volatile Optional<String> host = Optional.empty();

    /**
     * Whether the Lease is to be left alone. The namesake is gone when it did not write for
     * {@link CandidateView#SILENCE} by this node's clock, counted from when its last version was read first.
     *
     * @param record the Lease of {@code self}'s node as it is now
     */
    boolean keeps(LeaseRecord record, Candidate self, long nowNanos) {
        if (!record.resourceVersion().equals(version)) {
            version = record.resourceVersion();
            sinceNanos = nowNanos;
        }
        boolean silent = nowNanos - sinceNanos >= CandidateView.SILENCE.toNanos();
        boolean ours = self.process().equals(record.annotations().get(CandidateNotes.PROCESS));
        host = Optional.ofNullable(record.annotations().get(CandidateNotes.HOST))
                .filter(other -> !silent && !ours && !other.equals(self.host()) && CandidateNotes.isReachable(other));
        return host.isPresent();
    }

    /** Its address, while there is one. */
    Optional<String> host() {
        return host;
    }
}
