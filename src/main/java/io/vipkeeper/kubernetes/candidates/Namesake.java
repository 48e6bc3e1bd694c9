package io.vipkeeper.kubernetes.candidates;

import java.time.Duration;
import java.util.Optional;

import io.vipkeeper.grant.Candidate;
import io.vipkeeper.lease.LeaseRecord;

/**
 * Another machine that was given this node's name by mistake and keeps the candidate's Lease of it. What was written
 * from this node's own address is an earlier life's and in nobody's way. One thread at a time may look, any may ask.
 */
final class Namesake {
    /** Between two looks; what is longer is an outage, in which nobody can renew, and counts only as this. */
    private static final Duration LONGEST_GAP = Duration.ofSeconds(5);

    private String version = "";
    private long lookedAtNanos;
    private long silentNanos;
    private volatile Optional<String> host = Optional.empty();

    /**
     * Whether the Lease is to be left alone. The namesake is gone when it did not write for
     * {@link CandidateView#SILENCE} by this node's clock, counted from when its last version was read first.
     *
     * @param record the Lease of {@code self}'s node as it is now
     */
    boolean keeps(LeaseRecord record, Candidate self, long nowNanos) {
        boolean same = record.resourceVersion().equals(version);
        silentNanos = same ? silentNanos + Math.min(nowNanos - lookedAtNanos, LONGEST_GAP.toNanos()) : 0;
        lookedAtNanos = nowNanos;
        version = record.resourceVersion();
        boolean silent = silentNanos >= CandidateView.SILENCE.toNanos();
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
