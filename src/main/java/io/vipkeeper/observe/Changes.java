package io.vipkeeper.observe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes of state that may come again and again: of one kind a few are said at once, then one a minute with the number
 * of those that were not. The newest one that was held back is said when its minute is over, so that the log ends with
 * how things are. Time is an argument, in nanoseconds of one monotonic clock. Not safe for several threads.
 */
final class Changes {
    /** Said at once before a kind must wait. */
    static final int AT_ONCE = 10;

    /** After which one more may be said. */
    static final Duration PAUSE = Duration.ofMinutes(1);

    /** Kinds may carry names of other nodes; so many are told apart, the others share one. */
    private static final int MOST = 64;

    private final Map<String, Change> changes = new HashMap<>();

    /** The line as it is to be said now; empty when it has to wait. */
    Optional<Line> said(String kind, Line line, long now) {
        boolean fits = changes.containsKey(kind) || changes.size() < MOST;
        Change change = changes.computeIfAbsent(fits ? kind : "others", name -> new Change(now));
        change.refill(now);
        if (change.left == 0) {
            change.heldBack = Optional.of(line);
            change.unsaid++;
            return Optional.empty();
        }
        return Optional.of(change.say(line, change.unsaid));
    }

    /** Those whose time has come. To be asked every now and then. */
    List<Line> due(long now) {
        List<Line> due = new ArrayList<>();
        for (Change change : changes.values()) {
            change.refill(now);
            if (change.left > 0 && change.heldBack.isPresent()) {
                due.add(change.say(change.heldBack.get(), change.unsaid - 1));
            }
        }
        return due;
    }

    private static final class Change {
        private int left = AT_ONCE;
        private long refilledNanos;
        private long unsaid;
        private Optional<Line> heldBack = Optional.empty();

        Change(long now) {
            refilledNanos = now;
        }

        void refill(long now) {
            long more = (now - refilledNanos) / PAUSE.toNanos();
            refilledNanos += more * PAUSE.toNanos();
            left = (int) Math.min(AT_ONCE, left + more);
        }

        Line say(Line line, long leftOut) {
            left--;
            unsaid = 0;
            heldBack = Optional.empty();
            return leftOut == 0 ? line : line.with("repeats", leftOut);
        }
    }
}
