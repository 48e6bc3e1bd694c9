package io.vipkeeper.cli.preflight.host;

import java.time.Duration;

import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.cli.preflight.finding.HostFiles;
import io.vipkeeper.linux.ClockRate;
import io.vipkeeper.linux.KernelException;
import io.vipkeeper.linux.Libc;

/** Whether this machine's clock runs at the rate that the rules of time allow for. */
final class ClockCheck {
    private static final String CHECK = "clock";
    private static final Duration DURING = Duration.ofMillis(500);

    /** The most that NTP slews by (MAXFREQ in linux/timex.h); adjtimex may add a tenth for a short while. */
    private static final double SLEW = 500;

    /** One percent, for which {@link io.vipkeeper.lease.Rules} leaves room on each side. */
    private static final double ALLOWED = 10_000;

    private static final String SOURCE = "sys/devices/system/clocksource/clocksource0/current_clocksource";

    private ClockCheck() {}

    static Finding measured(Libc libc, HostFiles files) throws InterruptedException {
        try {
            return of(
                    new ClockRate(libc).partsPerMillion(DURING),
                    files.text(SOURCE).orElse("").strip());
        } catch (KernelException e) {
            return Finding.warning(CHECK, "it cannot be read", e.getMessage(), "look at 'timedatectl'");
        }
    }

    /** @param source the kernel's name of what it counts; empty if unknown */
    static Finding of(double partsPerMillion, String source) {
        String what = "CLOCK_MONOTONIC runs %+d ppm beside its oscillator%s"
                .formatted(Math.round(partsPerMillion), source.isEmpty() ? "" : ", which is " + source);
        if (Math.abs(partsPerMillion) > ALLOWED) {
            return Finding.failure(
                    CHECK,
                    what,
                    "the election allows for one percent, so two nodes could hold at once",
                    "run 'adjtimex --print', then 'adjtimex --tick 10000 --frequency 0', and look at what sets it");
        }
        if (Math.abs(partsPerMillion) > SLEW) {
            return Finding.warning(
                    CHECK,
                    what,
                    "that is more than NTP does, and eats into the one percent that the election allows for",
                    "look at 'chronyc tracking' or 'timedatectl timesync-status'");
        }
        if (source.equals("jiffies")) {
            return Finding.warning(
                    CHECK,
                    what,
                    "it counts lost timer ticks as no time at all",
                    "look at 'dmesg | grep -i clocksource' for why nothing better is used");
        }
        return Finding.ok(CHECK, what);
    }
}
