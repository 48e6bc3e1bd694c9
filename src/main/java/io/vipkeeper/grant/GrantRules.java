package io.vipkeeper.grant;

/**
 * The fast path's rules, each one a method, in nanoseconds of one machine's monotonic clock. What a holder counts from a
 * promise ends before what the candidate counts who gave it; clock rates may differ by one percent each way, and nothing
 * is assumed about the delay, loss or order of datagrams. The simulation has a mutant of each, which must break it.
 */
public class GrantRules {
    private static final double DRIFT = 0.02;

    /** More than a call to the kernel may take before it is looked at again. */
    private static final long MARGIN_NANOS = 5_000_000L;

    /**
     * API servers that fall silent at once do so within this long of each other, and one that served when a probe began
     * and never answered it did not serve for longer.
     */
    private static final long AT_ONCE_NANOS = 100_000_000L;

    private final Pace pace;

    public GrantRules(Pace pace) {
        this.pace = pace;
    }

    /** R1: until when a holder counts a promise that was asked for at {@code stampNanos} and arrived now. */
    public long promiseCountsUntil(long stampNanos, long arrivedNanos) {
        return stampNanos + (long) (pace.grant().toNanos() * (1 - DRIFT)) - MARGIN_NANOS;
    }

    /** R2: until when this candidate keeps a promise that it gives now. */
    public long promiseKeptUntil(long nowNanos, int grantMillis) {
        return nowNanos + grantMillis * 1_000_000L;
    }

    /** R2: whether a promise to somebody else stands against another one. */
    public boolean isBound(boolean otherPromiseLasts) {
        return otherPromiseLasts;
    }

    /** R3: how many of {@code members}, the candidate itself among them, must stand behind a holder or a candidate. */
    public int majority(int members) {
        return members / 2 + 1;
    }

    /** R3: whether a candidate waits for the end of its own promise to the holder. */
    public boolean waitsForOwnPromise() {
        return true;
    }

    /** R4: whether a candidate that has promised to let another hold lets it. */
    public boolean keepsPromiseWhenTheLeaseRunsOut() {
        return true;
    }

    /** R6: whether the kernel has to know the shorter limit before the Lease says that a majority may end it. */
    public boolean tightensBeforeItWrites() {
        return true;
    }

    /** R8: from when on a process may promise: what an earlier one promised must be over. */
    public long mayPromiseAt(long startedNanos) {
        return startedNanos + padded(longestGrantMillis() * 1_000_000L);
    }

    /** R9: whether the address must be off before a successor is told to take the Lease. */
    public boolean handsOverBeforeUnbind() {
        return false;
    }

    /** R11: from when on a node may answer that was offered the Lease by a holder whose address was still on. */
    public long answersAt(long receivedNanos, int lingerMillis) {
        return receivedNanos + padded(lingerMillis * 1_000_000L);
    }

    /** R11: whether the kernel has to know how long the address may linger before anybody is told. */
    public boolean tightensBeforeItOffers() {
        return true;
    }

    /**
     * R12: no later than when a good probe of another's API server began, by an answer to what was asked at
     * {@code stampNanos} that arrived now.
     */
    public long provenAt(long stampNanos, long arrivedNanos, int provenMillis) {
        return stampNanos - padded(provenMillis * 1_000_000L);
    }

    /**
     * R12: whether that probe shows that the API servers did not fall silent all at once, when one of this node's that
     * began at {@code unwellNanos} failed.
     */
    public boolean isProof(long provenNanos, long unwellNanos) {
        return provenNanos - unwellNanos >= AT_ONCE_NANOS;
    }

    /** How long a promise this candidate gives at most. */
    int longestGrantMillis() {
        return (int) Math.max(Pace.COMMON_GRANT.toMillis(), pace.grantMillis());
    }

    public Pace pace() {
        return pace;
    }

    private static long padded(long nanos) {
        return (long) (nanos * (1 + DRIFT)) + MARGIN_NANOS;
    }
}
