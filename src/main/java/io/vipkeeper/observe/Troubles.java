package io.vipkeeper.observe;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Troubles that may last: each is said at once, then at most once a minute with the number of repeats. Time is an
 * argument, in nanoseconds of one monotonic clock. Not safe for several threads.
 */
final class Troubles {

    /** Between two lines about one trouble, and how long it must be silent to count as over by itself. */
    static final Duration PAUSE = Duration.ofMinutes(1);

    /** Keys may come from the wire; of each kind so many are told apart, the others share one entry. */
    private static final int MOST = 16;

    private final Map<String, Trouble> troubles = new HashMap<>();

    /** Counts one more of {@code kind/what}. The number of repeats since the last line, when a line is due; zero for the first. */
    OptionalLong count(String key, long now) {
        Trouble trouble = troubles.computeIfAbsent(bounded(key), k -> new Trouble());
        trouble.lastNanos = now;
        if (trouble.said && now - trouble.saidNanos < PAUSE.toNanos()) {
            trouble.repeats++;
            return OptionalLong.empty();
        }
        long repeats = trouble.repeats;
        trouble.said = true;
        trouble.open = true;
        trouble.saidNanos = now;
        trouble.repeats = 0;
        return OptionalLong.of(repeats);
    }

    /** Whether a trouble whose key begins so was said and is over now; true once. */
    boolean over(String prefix) {
        boolean wasOpen = false;
        for (Map.Entry<String, Trouble> entry : troubles.entrySet()) {
            if (entry.getKey().startsWith(prefix)) {
                wasOpen |= entry.getValue().open;
                entry.getValue().open = false;
            }
        }
        return wasOpen;
    }

    /** Whether nothing happened for a whole pause under keys that begin so, so that the silence means something. */
    boolean silent(String prefix, long now) {
        return troubles.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .allMatch(entry -> now - entry.getValue().lastNanos > PAUSE.toNanos());
    }

    private String bounded(String key) {
        String kind = key.substring(0, key.indexOf('/') + 1);
        boolean fits = troubles.containsKey(key)
                || troubles.keySet().stream()
                                .filter(other -> other.startsWith(kind))
                                .count()
                        < MOST;
        return fits ? key : kind + "others";
    }

    private static final class Trouble {
        private boolean said;
        private boolean open;
        private long saidNanos;
        private long lastNanos;
        private long repeats;
    }
}
