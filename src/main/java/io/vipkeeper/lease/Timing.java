package io.vipkeeper.lease;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The three durations of client-go's leader election.
 *
 * @param leaseDuration how long the others wait, each from its own sight of the last change, before one may take over;
 *     whole seconds
 * @param renewDeadline how long a holder may go on after the sending of its last successful renewal
 * @param retryPeriod the pause between two attempts, and the bound of one
 */
public record Timing(Duration leaseDuration, Duration renewDeadline, Duration retryPeriod) {

    /** A Lease that names a longer duration than this is waited for as if it named this one. */
    public static final Duration LONGEST_LEASE = Duration.ofMinutes(10);

    private static final Duration ANSWER_ON_ITS_WAY = Duration.ofMillis(25);

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** The rest of a lease after a retry period that leaves the address a kernel lifetime until the next renewal. */
    private static final Duration GUARDABLE = Duration.ofSeconds(2);

    /** kube-vip's and client-go's defaults: 15, 10 and 2 seconds. */
    public static final Timing DEFAULT = ofSeconds(15, 10, 2);

    /** @throws IllegalArgumentException that names every problem, if the durations are impossible */
    public Timing {
        List<String> problems = problems(leaseDuration, renewDeadline, retryPeriod);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /**
     * How long one request may take. A little less than the election waits for it, so that what went wrong arrives as
     * the answer to an attempt that is not given up yet, and is counted and logged as such.
     */
    public Duration requestBound() {
        return retryPeriod.minus(ANSWER_ON_ITS_WAY);
    }

    public static Timing ofSeconds(long leaseDuration, long renewDeadline, long retryPeriod) {
        return new Timing(
                Duration.ofSeconds(leaseDuration), Duration.ofSeconds(renewDeadline), Duration.ofSeconds(retryPeriod));
    }

    /**
     * What is wrong with the three together, a sentence each; empty when nothing is. Beyond client-go's conditions the
     * kernel must be able to guard the address: its unit is a second, and it may be a second late.
     */
    public static List<String> problems(Duration leaseDuration, Duration renewDeadline, Duration retryPeriod) {
        List<String> problems = new ArrayList<>();
        if (leaseDuration.toNanosPart() != 0 || leaseDuration.compareTo(LONGEST_LEASE) > 0) {
            problems.add("leaseDuration " + text(leaseDuration) + " must be whole seconds, at most 600");
        }
        if (retryPeriod.compareTo(SHORTEST) < 0) {
            problems.add("retryPeriod " + text(retryPeriod) + " must be at least 1 second");
        }
        if (leaseDuration.compareTo(renewDeadline) <= 0) {
            problems.add("leaseDuration " + text(leaseDuration) + " must be greater than renewDeadline "
                    + text(renewDeadline));
        }
        if (renewDeadline.multipliedBy(5).compareTo(retryPeriod.multipliedBy(6)) <= 0) {
            problems.add("renewDeadline " + text(renewDeadline) + " must be greater than 1.2 times retryPeriod "
                    + text(retryPeriod));
        }
        if (leaseDuration.minus(retryPeriod).compareTo(GUARDABLE) < 0) {
            problems.add("leaseDuration " + text(leaseDuration) + " must be at least 2 s more than retryPeriod "
                    + text(retryPeriod) + ": the kernel's unit is a second, and it may be a second late");
        }
        return problems;
    }

    private static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
