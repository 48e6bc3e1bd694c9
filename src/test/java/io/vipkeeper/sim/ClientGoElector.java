package io.vipkeeper.sim;

import java.util.Map;
import java.util.Optional;

import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseDraft;
import io.vipkeeper.lease.LeaseRecord;

/**
 * What client-go's LeaderElector decides in one attempt to acquire or renew, and in a release; who performs the requests,
 * and how he waits between attempts, is another's matter. Times are nanoseconds of one monotonic clock. For one thread.
 */
public final class ClientGoElector {
    private static final long SECOND = 1_000_000_000L;

    /** kube-vip's shorter timings: how long an attempt to renew goes on, and a request may take. */
    public static final long RENEW_DEADLINE = 3 * SECOND;

    /** Between two attempts; a candidate waits up to 2.2 times as long (JitterFactor 1.2). */
    public static final long RETRY = SECOND;

    public static final long LONGEST_ACQUIRE_PAUSE = (long) (RETRY * 2.2);

    private static final int LEASE_SECONDS = 5;
    private static final int RELEASED_SECONDS = 1;

    /** The next step of an attempt. */
    public sealed interface Next {
        record Read() implements Next {}

        record Create(LeaseDraft draft) implements Next {}

        record Replace(LeaseRecord base, LeaseDraft draft) implements Next {}

        /** The attempt is over. */
        record Done(boolean won) implements Next {}
    }

    private final String identity;
    private Optional<LeaseRecord> observed = Optional.empty();
    private long observedAt;
    private Next asked = new Next.Done(false);
    private boolean hopeful;

    public ClientGoElector(String identity) {
        this.identity = identity;
    }

    /** A leader whose lease is valid replaces what it knows without reading first (since client-go 0.30). */
    public Next begin(long now) {
        hopeful = observed.filter(this::isOwn)
                .filter(known -> isValid(known, now))
                .isPresent();
        return ask(hopeful ? replacement(observed.get()) : new Next.Read());
    }

    /** @param answer to what the step before asked for; a request that was given up counts as a conflict */
    public Next answered(LeaseAnswer answer, long now) {
        return switch (asked) {
            case Next.Read read -> ask(afterRead(answer, now));
            case Next.Create create -> ask(afterWrite(answer, now));
            case Next.Replace replace -> ask(afterWrite(answer, now));
            case Next.Done done -> done;
        };
    }

    private Next ask(Next next) {
        asked = next;
        return next;
    }

    private Next afterRead(LeaseAnswer answer, long now) {
        return switch (answer) {
            case LeaseAnswer.Found(LeaseRecord record) -> compare(record, now);
            case LeaseAnswer.Missing missing -> new Next.Create(draft(0, true));
            case LeaseAnswer.Conflict conflict -> new Next.Done(false);
            case LeaseAnswer.Failed failed -> new Next.Done(false);
        };
    }

    /** A holder is silent since its record was seen to change on this clock, whatever times stand in it. */
    private Next compare(LeaseRecord record, long now) {
        if (observed.filter(known -> same(known, record)).isEmpty()) {
            observe(record, now);
        }
        return record.isFree() || isOwn(record) || !isValid(record, now) ? replacement(record) : new Next.Done(false);
    }

    private Next replacement(LeaseRecord base) {
        boolean own = isOwn(base);
        return new Next.Replace(base, draft(base.leaseTransitions() + (own ? 0 : 1), !own));
    }

    private Next afterWrite(LeaseAnswer answer, long now) {
        if (answer instanceof LeaseAnswer.Found(LeaseRecord record)) {
            observe(record, now);
            return new Next.Done(true);
        }
        boolean again = hopeful;
        hopeful = false;
        return again ? new Next.Read() : new Next.Done(false);
    }

    private void observe(LeaseRecord record, long now) {
        observed = Optional.of(record);
        observedAt = now;
    }

    /** What to put in the place of a Lease that was read for the release; empty if it is not this elector's. */
    public Optional<Next.Replace> release(LeaseAnswer read) {
        return read instanceof LeaseAnswer.Found(LeaseRecord record) && isOwn(record)
                ? Optional.of(new Next.Replace(
                        record, new LeaseDraft("", RELEASED_SECONDS, record.leaseTransitions(), true, Map.of())))
                : Optional.empty();
    }

    private boolean isOwn(LeaseRecord record) {
        return record.holderIdentity().equals(identity);
    }

    private boolean isValid(LeaseRecord record, long now) {
        return observedAt + Math.max(0, record.leaseDurationSeconds()) * SECOND > now;
    }

    private LeaseDraft draft(int transitions, boolean acquires) {
        return new LeaseDraft(identity, LEASE_SECONDS, transitions, acquires, Map.of());
    }

    private static boolean same(LeaseRecord one, LeaseRecord other) {
        return one.holderIdentity().equals(other.holderIdentity())
                && one.renewTime().equals(other.renewTime())
                && one.leaseTransitions() == other.leaseTransitions();
    }
}
