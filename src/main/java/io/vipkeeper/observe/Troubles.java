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

    /** Keys may come from the wire; what does not fit shares one entry. */
    private static final int MOST = 64;

    private static final String OTHERS = "others";

    private final Map<String, Trouble> troubles = new HashMap<>();

    /** Counts one more. The number of repeats since the last line, when a line is due; zero for the first. */
    OptionalLong count(String key, long now) {
        String kept = troubles.containsKey(key) || troubles.size() < MOST ? key : OTHERS;
        Trouble trouble = troubles.computeIfAbsent(kept, k -> new Trouble());
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

    private static final class Trouble {
        private boolean said;
        private boolean open;
        private long saidNanos;
        private long lastNanos;
        private long repeats;
    }
}
