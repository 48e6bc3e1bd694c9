package io.vipkeeper.demo;

import java.time.Duration;

/**
 * How long those faults last that have no end of their own, and how patient a trial is.
 *
 * @param frozen from SIGSTOP to SIGCONT, and longer if nobody has taken over by then
 * @param outage how long all API servers are silent
 * @param loss how long datagrams are lost and the CPUs busy
 * @param fastPath how long a trial waits for a holder's fast path before it begins
 */
public record Pace(Duration frozen, Duration outage, Duration loss, Duration fastPath) {
    /** Undone as soon as it has had its effect: to look on, not to compare. */
    public static final Pace BRISK =
            new Pace(Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(15));

    /** As the table of the README has it, with the given times for the rest. */
    public static Pace measured(Duration loss, Duration fastPath) {
        return new Pace(Duration.ofSeconds(15), Duration.ofSeconds(30), loss, fastPath);
    }
}
