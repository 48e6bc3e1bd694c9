package io.vipkeeper.kubernetes.candidates;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.vipkeeper.grant.Candidate;
import io.vipkeeper.kubernetes.KubernetesLeaseStore;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseDraft;
import io.vipkeeper.lease.LeaseRecord;

/** The Lease in which this process says that it is a candidate. Safe for any thread; one request at a time. */
final class OwnLease {
    private final KubernetesLeaseStore store;
    private final String version;
    private final Namesake namesake = new Namesake();
    private final ReentrantLock busy = new ReentrantLock();
    private Optional<LeaseRecord> written = Optional.empty();
    private boolean acquired;
    private volatile boolean left;
    private volatile Candidate self;
    private volatile Map<String, String> remarks = Map.of();

    /** @param version of the program, for people */
    OwnLease(KubernetesLeaseStore store, Candidate self, String version) {
        this.store = store;
        this.self = self;
        this.version = version;
    }

    /** Says something else from the next write on. */
    void become(Candidate next) {
        self = next;
    }

    /** Says this, too, from the next write on. */
    void remark(Map<String, String> next) {
        remarks = Map.copyOf(next);
    }

    boolean hasLeft() {
        return left;
    }

    /** Where the machine of this name is that keeps the Lease, if one does; any thread may ask. */
    Optional<String> namesake() {
        return namesake.host();
    }

    /** Whether the Leases that were seen lack this one, or somebody changed it. */
    boolean isMissedIn(Map<String, LeaseRecord> leases) {
        LeaseRecord seen = leases.get(store.name().name());
        return seen == null
                || !seen.holderIdentity().equals(self.node())
                || seen.leaseDurationSeconds() != CandidateView.SILENCE.toSeconds()
                || !seen.annotations().entrySet().containsAll(notes().entrySet());
    }

    /**
     * Creates the Lease, or replaces what is there, but not what another machine of this name keeps: its peers would
     * lose it. Blocks for up to three requests.
     *
     * @param anew whether it is to be read first, as somebody else may have written it
     * @return {@link LeaseAnswer.Found} when it says what it should, {@link LeaseAnswer.Missing} after {@link #leave},
     *     {@link LeaseAnswer.Conflict} while somebody else writes it
     */
    LeaseAnswer write(boolean anew) {
        busy.lock();
        try {
            if (left) {
                return new LeaseAnswer.Missing();
            }
            LeaseAnswer base = anew || written.isEmpty() ? store.readInTurn() : new LeaseAnswer.Found(written.get());
            LeaseAnswer answer = put(base);
            if (answer instanceof LeaseAnswer.Conflict || answer instanceof LeaseAnswer.Missing) {
                answer = put(store.readInTurn());
            }
            written = answer instanceof LeaseAnswer.Found(LeaseRecord now) ? Optional.of(now) : Optional.empty();
            acquired |= written.isPresent();
            return answer;
        } finally {
            busy.unlock();
        }
    }

    private LeaseAnswer put(LeaseAnswer base) {
        LeaseDraft draft = new LeaseDraft(self.node(), (int) CandidateView.SILENCE.toSeconds(), 0, !acquired, notes());
        return switch (base) {
            case LeaseAnswer.Found(LeaseRecord record) ->
                namesake.keeps(record, self, System.nanoTime())
                        ? new LeaseAnswer.Conflict()
                        : store.replace(record, draft);
            case LeaseAnswer.Missing missing -> store.create(draft);
            case LeaseAnswer.Conflict conflict -> conflict;
            case LeaseAnswer.Failed failed -> failed;
        };
    }

    private Map<String, String> notes() {
        Map<String, String> all = new HashMap<>(CandidateNotes.of(self, version));
        all.putAll(remarks);
        return all;
    }

    /**
     * Writes nothing more and deletes the Lease, unless another process has taken it over.
     *
     * @param bound of the waiting; there is one try
     * @return whether it is known to be gone, or another's
     */
    boolean leave(Duration bound) {
        left = true;
        long deadline = System.nanoTime() + bound.toNanos();
        try {
            if (!busy.tryLock(bound.toNanos(), TimeUnit.NANOSECONDS)) {
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        try {
            LeaseAnswer answer =
                    written.isPresent() ? store.delete(written.get(), left(deadline)) : new LeaseAnswer.Conflict();
            return !(answer instanceof LeaseAnswer.Conflict)
                    ? answer instanceof LeaseAnswer.Missing
                    : deleteWhatIsOurs(deadline);
        } finally {
            busy.unlock();
        }
    }

    private boolean deleteWhatIsOurs(long deadline) {
        LeaseAnswer now = store.read(left(deadline));
        if (!(now instanceof LeaseAnswer.Found(LeaseRecord record))) {
            return now instanceof LeaseAnswer.Missing;
        }
        boolean ours = self.process().equals(record.annotations().get(CandidateNotes.PROCESS));
        return !ours || store.delete(record, left(deadline)) instanceof LeaseAnswer.Missing;
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }
}
