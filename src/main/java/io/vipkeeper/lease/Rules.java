package io.vipkeeper.lease;

/**
 * The rules of time, each one a method, all in nanoseconds of one machine's monotonic clock. Together they make the
 * safety argument: what a holder counts ends before what the others count.
 *
 * <ul>
 *   <li>A holder counts {@link #rightEnds} from before its request left, for renewDeadline.
 *   <li>Its kernel removes the address by {@link #kernelEnds}, even if the process is gone.
 *   <li>Everyone else waits {@link #claimableAt} from its own sight of the last change, for more than leaseDuration.
 * </ul>
 *
 * <p>Clock rates may differ by one percent each way; offsets do not matter. No timestamp of another node is read.
 * The simulation has a mutant of each method, which must break it.
 */
public class Rules {

    /** Covers clocks that run up to one percent fast and slow, on both sides of a comparison. */
    private static final double DRIFT = 0.02;

    private static final long MARGIN_NANOS = 5_000_000L;

    /**
     * How late the kernel may remove an expired address. Linux looks at most once a second for IPv4 when another
     * address was set just before ({@code ADDRCONF_TIMER_FUZZ_MAX}), and rounds by up to a quarter of one.
     */
    private static final long KERNEL_LATENESS_NANOS = 1_050_000_000L;

    /** client-go's electors release first and stop afterwards: what they guard may live on for a moment. */
    private static final long FOREIGN_RELEASE_GRACE_NANOS = 500_000_000L;

    /** How long all candidates together may prolong a holder's right without any API server. */
    private static final long HOLD_OVER_NANOS = 300_000_000_000L;

    /** The kernel's whole seconds beside a fence that counts milliseconds. */
    private static final long HELD_OVER_LIFETIME_NANOS = 2_500_000_000L;

    private static final long HASTY_ATTEMPT_NANOS = 300_000_000L;

    /** How long a holder that offered the Lease to a successor may go on answering at most. */
    public static final long LONGEST_LINGER_NANOS = 200_000_000L;

    private static final long EAGER_NANOS = 50_000_000L;

    private static final int EAGER_REQUESTS = 6000;

    private final Timing timing;

    public Rules(Timing timing) {
        this.timing = timing;
    }

    /** Until when a holder may hold after a write that was sent and answered at these times. */
    public long rightEnds(long sentNanos, long answeredNanos) {
        return sentNanos + timing.renewDeadline().toNanos();
    }

    /** Until when the kernel may at most be told to keep the address after a write with these times. */
    public long kernelEnds(long sentNanos, long answeredNanos) {
        return sentNanos + (long) (leaseNanos() * (1 - DRIFT)) - MARGIN_NANOS - KERNEL_LATENESS_NANOS;
    }

    /**
     * When a record may be taken over, given that this node first saw its spec at {@code seenNanos}.
     *
     * @param firstSight whether no earlier version was seen by this process
     */
    public long claimableAt(LeaseRecord record, Kinship kinship, long seenNanos, boolean firstSight) {
        return switch (kinship) {
            case OWN, FREED_BY_KEEPER -> seenNanos;
            case PREVIOUS_LIFE ->
                seenNanos + (outlastsOffers() && ElectorId.isOffered(record) ? padded(LONGEST_LINGER_NANOS) : 0);
            case FREED -> seenNanos + (releasedByElector(record) ? FOREIGN_RELEASE_GRACE_NANOS : padded(leaseNanos()));
            case KEEPER, TWIN -> seenNanos + padded(durationNanos(record));
            case FOREIGN, NAMESAKE -> seenNanos + padded(Math.max(durationNanos(record), foreignOverrunNanos()));
        };
    }

    /** When a missing Lease may be created: somebody may have held it until it was deleted. */
    public long creatableAt(long missedNanos) {
        return missedNanos + padded(leaseNanos());
    }

    /**
     * A holder's right within what the candidates promised: a majority limits it, and all of them together prolong it
     * while no API server answers. The kernel is told accordingly.
     *
     * @param limited whether a record may be in force by which a majority can move the Lease early
     * @param mayHoldOver whether such a record surely is, and the kernel ends the address to the millisecond
     */
    public LeaseRole.Holder limit(LeaseRole.Holder holder, Accord accord, boolean limited, boolean mayHoldOver) {
        long plainEnds = rightEnds(holder.sentNanos(), holder.answeredNanos());
        long ends = plainEnds;
        long kernelEnds = kernelEnds(holder.sentNanos(), holder.answeredNanos());
        if (limited) {
            ends = Moments.earlier(ends, accord.majorityEndsNanos());
            kernelEnds = accord.fenced() ? kernelEnds : Moments.earlier(kernelEnds, ends - KERNEL_LATENESS_NANOS);
        }
        long heldOver = Moments.earlier(accord.unanimityEndsNanos(), holder.sentNanos() + HOLD_OVER_NANOS);
        if (mayHoldOver && heldOver - ends > 0) {
            ends = heldOver;
            kernelEnds = Moments.later(kernelEnds, ends + HELD_OVER_LIFETIME_NANOS);
        }
        return new LeaseRole.Holder(holder.sentNanos(), holder.answeredNanos(), plainEnds, ends, kernelEnds);
    }

    /** When a holder whose renewals fail should look for somebody who could renew. */
    public long overdueAt(long sentNanos) {
        return sentNanos + timing.renewDeadline().toNanos() * 2 / 3;
    }

    /** How late the kernel may end an address's lifetime. */
    public long kernelLatenessNanos() {
        return KERNEL_LATENESS_NANOS;
    }

    /** How much longer those wait who are no members while a majority may stand behind the holder. */
    public long holdOverNanos() {
        return padded(HOLD_OVER_NANOS);
    }

    /** Whether a right that is over may come back by a promise that arrived late. */
    public boolean mayRevive() {
        return false;
    }

    /** Whether a process that finds a claim of its earlier life waits for whoever had offered the Lease to that. */
    public boolean outlastsOffers() {
        return true;
    }

    /** Whether a Lease may be released while the address may still be on this node. */
    public boolean mayReleaseBeforeUnbind() {
        return false;
    }

    /** How long one attempt may take before it is given up and another begins. */
    public long attemptNanos() {
        return retryNanos();
    }

    /** The same for a claim before the Lease has run out, which other candidates wait for. */
    long hastyAttemptNanos() {
        return Math.min(attemptNanos(), HASTY_ATTEMPT_NANOS);
    }

    long retryNanos() {
        return timing.retryPeriod().toNanos();
    }

    /** How long a follower trusts the silence of its watch before it reads. */
    long pollNanos() {
        return 2 * retryNanos();
    }

    /** How soon a holder tries again when the API server answered quickly but not usefully. */
    long hurriedRetryNanos() {
        return retryNanos() / 4;
    }

    /** How long after one another two writes that met another version belong together. */
    long conflictsRowNanos() {
        return 2 * retryNanos();
    }

    /**
     * How soon a process that has read nothing yet asks again: on a machine that was just started the API server may
     * begin to answer at any moment.
     *
     * @param lasting what failed is no server that is only starting
     */
    long eagerRetryNanos(boolean lasting) {
        return lasting ? hurriedRetryNanos() : EAGER_NANOS;
    }

    /**
     * The same for the end of an attempt: a server that is starting may have accepted a connection and forgotten it. The
     * request goes on to its own bound, so that two wait for the server at any moment, and not more: it will answer both.
     */
    long eagerAttemptNanos() {
        return attemptNanos() / 2;
    }

    /** How many requests are sent so; some minutes. */
    int eagerRequests() {
        return EAGER_REQUESTS;
    }

    int leaseSeconds() {
        return (int) timing.leaseDuration().toSeconds();
    }

    private long leaseNanos() {
        return timing.leaseDuration().toNanos();
    }

    /** client-go leaves a duration of one second behind; a person who empties the holder leaves what was there. */
    private static boolean releasedByElector(LeaseRecord record) {
        return record.leaseDurationSeconds() == 1;
    }

    /** The longer of the record's and the own duration; absurd ones are bounded on both sides. */
    private long durationNanos(LeaseRecord record) {
        long seconds = Math.min(record.leaseDurationSeconds(), Timing.LONGEST_LEASE.toSeconds());
        return Math.max(seconds * 1_000_000_000L, leaseNanos());
    }

    /**
     * How long client-go's elector may act after its last renewal was stored when requests hang: the answer may take a
     * whole renewDeadline, from which it counts; it notices after another, and its release attempt may take a third.
     */
    private long foreignOverrunNanos() {
        return retryNanos() + 3 * timing.renewDeadline().toNanos() + FOREIGN_RELEASE_GRACE_NANOS;
    }

    private static long padded(long nanos) {
        return (long) (nanos * (1 + DRIFT)) + MARGIN_NANOS;
    }
}
