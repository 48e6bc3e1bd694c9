package io.vipkeeper.vip;

import java.time.Duration;
import java.util.List;

/**
 * When to announce, counted from the bind: a burst, because the first frames may be lost while switches learn, and
 * then a steady repetition for whoever missed them.
 *
 * @param period of the steady repetition (kube-vip's vip_arpRate)
 */
public record AnnouncementSchedule(Duration period) {

    private static final List<Long> BURST_MILLIS = List.of(0L, 20L, 100L, 300L, 1000L, 3000L);

    /** When the announcement with this number, from zero, is due after a bind at {@code boundNanos}. */
    long dueNanos(long boundNanos, int number) {
        int last = BURST_MILLIS.size() - 1;
        long burst = BURST_MILLIS.get(Math.min(number, last)) * 1_000_000L;
        return boundNanos + burst + Math.max(0, number - last) * period.toNanos();
    }
}
