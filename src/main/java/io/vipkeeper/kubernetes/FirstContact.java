package io.vipkeeper.kubernetes;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets the reads of the election go ahead while no API server has answered anything yet. One that starts accepts
 * connections a second or more before it serves them, and then answers all at once; a handshake with a client
 * certificate takes 18 ms of the one event loop on a machine that is busy with the start, and with eight of them in the
 * way the election's answer, though it was there, was seen 130 to 250 ms late. Safe for any thread.
 */
final class FirstContact {

    /** A server that hangs in the election's reads alone must not keep everybody else waiting. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final LongSupplier clock;
    private boolean made;
    private int ahead;
    private long aheadSinceNanos;

    /** @param clock nanoseconds, monotonic */
    FirstContact(LongSupplier clock) {
        this.clock = clock;
    }

    /** A read of the election is under way, until {@link #end}. */
    synchronized void begin() {
        if (ahead == 0) {
            aheadSinceNanos = clock.getAsLong();
        }
        ahead++;
    }

    synchronized void end() {
        ahead--;
        notifyAll();
    }

    /** Some server answered something; from now on nobody waits. */
    synchronized void make() {
        made = true;
        notifyAll();
    }

    /** Blocks while somebody goes ahead, until the clock reads {@code deadline} at the longest, or an interrupt. */
    synchronized void await(long deadline) {
        try {
            while (!made && ahead > 0) {
                long now = clock.getAsLong();
                long left = Math.min(deadline - now, aheadSinceNanos + PATIENCE_NANOS - now);
                if (left <= 0) {
                    return;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
