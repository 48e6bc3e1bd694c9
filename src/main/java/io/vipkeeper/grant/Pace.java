package io.vipkeeper.grant;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The fast path's two durations.
 *
 * @param interval between two heartbeats of a holder
 * @param grant how long a promise lasts, from the receipt of the heartbeat that asked for it
 */
public record Pace(Duration interval, Duration grant) {

    /** Without a fence the kernel counts whole seconds, and may be one late. */
    public static final Duration SHORTEST_UNFENCED_GRANT = Duration.ofSeconds(4);

    /** Every candidate gives this long a promise if it is asked to. */
    static final Duration COMMON_GRANT = Duration.ofSeconds(1);

    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(20);
    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(1);
    private static final Duration SHORTEST_GRANT = Duration.ofMillis(150);
    private static final Duration LONGEST_GRANT = Duration.ofSeconds(10);
    private static final int BEATS = 4;

    public static final Pace DEFAULT = new Pace(Duration.ofMillis(50), Duration.ofMillis(250));

    /** @throws IllegalArgumentException that names every problem, if the durations are impossible */
    public Pace {
        List<String> problems = problems(interval, grant);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** What is wrong with the two together, a sentence each; empty when nothing is. */
    public static List<String> problems(Duration interval, Duration grant) {
        List<String> problems = new ArrayList<>();
        if (interval.compareTo(SHORTEST_INTERVAL) < 0 || interval.compareTo(LONGEST_INTERVAL) > 0) {
            problems.add("the heartbeat interval of " + interval.toMillis() + " ms must be 20 to 1000 ms");
        }
        if (grant.compareTo(SHORTEST_GRANT) < 0 || grant.compareTo(LONGEST_GRANT) > 0) {
            problems.add("the grant of " + grant.toMillis() + " ms must be 150 to 10000 ms");
        }
        if (grant.compareTo(interval.multipliedBy(BEATS)) < 0) {
            problems.add("the grant of " + grant.toMillis() + " ms must be at least four heartbeat intervals of "
                    + interval.toMillis() + " ms: a few lost datagrams are no failure");
        }
        return problems;
    }

    int grantMillis() {
        return (int) grant.toMillis();
    }
}
