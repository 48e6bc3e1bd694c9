package io.vipkeeper.linux;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Nanoseconds since an arbitrary moment that go on while the machine sleeps: {@link System#nanoTime} (CLOCK_MONOTONIC)
 * plus the time slept, found from {@code /proc/uptime} (CLOCK_BOOTTIME). A node that was suspended while it held the
 * address must know when it wakes that its right has ended.
 *
 * <p>Never runs backwards. A sleep is noticed at most {@value #RECHECK_MILLIS} ms of running time after the wake-up
 * and counted to about {@value #TOLERANCE_MILLIS} ms, because {@code /proc/uptime} has hundredths of a second. Where
 * it cannot be read the clock is {@code nanoTime}. Any thread may call, thousands of times a second.
 */
public final class BootClock implements LongSupplier {
    private static final long RECHECK_MILLIS = 50;
    private static final long TOLERANCE_MILLIS = 25;
    private static final long RECHECK_NANOS = RECHECK_MILLIS * 1_000_000;
    private static final long TOLERANCE_NANOS = TOLERANCE_MILLIS * 1_000_000;
    private static final long HUNDREDTH_NANOS = 10_000_000;

    private final LongSupplier nanoTime;
    private final Supplier<String> uptime;
    private final AtomicBoolean checking = new AtomicBoolean();
    private final OptionalLong awakeLead;
    private volatile long sleptNanos;
    private volatile long checkedAtNanos;

    public BootClock() {
        this(System::nanoTime, new Uptime());
    }

    /** @param uptime the text of {@code /proc/uptime}, empty when it cannot be read */
    BootClock(LongSupplier nanoTime, Supplier<String> uptime) {
        this.nanoTime = nanoTime;
        this.uptime = uptime;
        this.awakeLead = lead();
        this.checkedAtNanos = nanoTime.getAsLong();
    }

    @Override
    public long getAsLong() {
        if (nanoTime.getAsLong() - checkedAtNanos >= RECHECK_NANOS && checking.compareAndSet(false, true)) {
            try {
                countSleep();
            } finally {
                checking.set(false);
            }
        }
        return nanoTime.getAsLong() + sleptNanos;
    }

    /** Only a lead beyond what rounding explains is a sleep, so that the clock does not creep; it is then taken whole. */
    private void countSleep() {
        OptionalLong lead = lead();
        if (lead.isPresent() && awakeLead.isPresent()) {
            long slept = lead.getAsLong() - awakeLead.getAsLong();
            if (slept - sleptNanos > TOLERANCE_NANOS) {
                sleptNanos = slept;
            }
        }
        checkedAtNanos = nanoTime.getAsLong();
    }

    /** How far uptime is ahead of nanoTime, which is read second: a pause between the two must not look like sleep. */
    private OptionalLong lead() {
        OptionalLong up = parse(uptime.get());
        return up.isPresent() ? OptionalLong.of(up.getAsLong() - nanoTime.getAsLong()) : OptionalLong.empty();
    }

    /** {@code 12345.67 23456.78} to nanoseconds; by hand, for this runs twenty times a second for months. */
    private static OptionalLong parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 1 || text.length() < dot + 3) {
            return OptionalLong.empty();
        }
        try {
            long hundredths = Long.parseLong(text, 0, dot, 10) * 100 + Integer.parseInt(text, dot + 1, dot + 3, 10);
            return OptionalLong.of(hundredths * HUNDREDTH_NANOS);
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** Kept open, for it is read twenty times a second; by one thread at a time. */
    private static final class Uptime implements Supplier<String> {
        private final byte[] text = new byte[64];
        private RandomAccessFile file;

        @Override
        public String get() {
            try {
                if (file == null) {
                    file = new RandomAccessFile("/proc/uptime", "r");
                }
                file.seek(0);
                return new String(text, 0, Math.max(0, file.read(text)), StandardCharsets.US_ASCII);
            } catch (IOException e) {
                return "";
            }
        }
    }
}
