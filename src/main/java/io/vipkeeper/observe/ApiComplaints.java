package io.vipkeeper.observe;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Lets other sources than the keeper complain about the API server only when the keeper does not: what hinders one of
 * them mostly hinders all, and an operator wants one line a minute of it, not one of each. Safe for any thread.
 */
public final class ApiComplaints {

    /** Longer than the pause between two lines of the keeper, so that it speaks first as long as it has reason to. */
    private static final Duration SILENCE = Troubles.PAUSE.plusSeconds(15);

    /** How long somebody else has to have reason to complain; meanwhile the keeper meets the same trouble. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final LongSupplier nanoClock;
    private OptionalLong saidNanos = OptionalLong.empty();
    private OptionalLong sinceNanos = OptionalLong.empty();
    private long wantedNanos;

    /** @param nanoClock any monotonic clock */
    public ApiComplaints(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** The keeper has just complained. */
    synchronized void said() {
        saidNanos = OptionalLong.of(nanoClock.getAsLong());
    }

    /** Whether somebody else may say its line now; then it counts as said. To be asked at each failure. */
    public synchronized boolean admit() {
        long now = nanoClock.getAsLong();
        if (sinceNanos.isEmpty() || now - wantedNanos > GRACE.toNanos()) {
            sinceNanos = OptionalLong.of(now);
        }
        wantedNanos = now;
        boolean lasting = now - sinceNanos.getAsLong() >= GRACE.toNanos();
        boolean silent = saidNanos.isEmpty() || now - saidNanos.getAsLong() >= SILENCE.toNanos();
        if (lasting && silent) {
            saidNanos = OptionalLong.of(now);
        }
        return lasting && silent;
    }
}
