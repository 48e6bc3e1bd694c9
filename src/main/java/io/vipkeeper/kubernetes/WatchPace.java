package io.vipkeeper.kubernetes;

import java.time.Duration;

/**
 * How a watch keeps going.
 *
 * @param firstPause before the first new attempt after a failure; doubled by each further one
 * @param longestPause the end of the doubling
 * @param patience how long a watch may be silent before the Lease is listed anew, since a server that hangs looks like
 *     one that has nothing to say
 * @param life after which the server is asked to end the watch by itself; whole seconds
 */
public record WatchPace(Duration firstPause, Duration longestPause, Duration patience, Duration life) {

    /** 100 ms to 2 s, listed anew after 10 s of silence, a new watch each minute. */
    public static final WatchPace DEFAULT = new WatchPace(
            Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(60));

    /** The pause after {@code pause}. */
    public static Duration doubled(Duration pause, Duration longest) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
}
