package io.vipkeeper.e2e.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * At most one node at a time could have a voice: it has the address, and its filter, if it has one, admits it. Without
 * filters the order of the address events is the kernel's and there is no tolerance. Changes of a filter come from a
 * reader of each node's own, so two spans of which one ends or begins with such a change may seem to overlap by
 * {@link #FILTER_LATENESS}; the frames tell more exactly.
 */
final class Admittance {
    static final String RULE = "two admitted";

    static final long FILTER_LATENESS = 100_000_000;

    /** An uninterrupted time in which a node could speak. */
    private record Span(String node, long from, long to, boolean filtered) {}

    private static final class Place {
        private final String node;
        private final List<Span> spans;
        private boolean on;
        private boolean filtered;
        private long guardedUntil;
        private long admittedUntil;
        private long judged;
        private long since = -1;

        private Place(String node, List<Span> spans) {
            this.node = node;
            this.spans = spans;
        }

        private void take(Recorded event) {
            settle(event.time());
            switch (event) {
                case Recorded.Address address -> on = address.on();
                case Recorded.Fence fence -> take(fence);
                case Recorded.Frame frame -> {}
                case Recorded.Lease lease -> {}
            }
            judge(event.time());
        }

        private void take(Recorded.Fence fence) {
            filtered = true;
            switch (fence.filter()) {
                case GUARDED -> guardedUntil = fence.until();
                case UNGUARDED -> guardedUntil = 0;
                case ADMITTED -> admittedUntil = fence.until();
                case BLOCKED -> admittedUntil = 0;
            }
        }

        /** Takes into account what ran out by itself until a time. */
        private void settle(long time) {
            for (long end : new long[] {Math.min(guardedUntil, admittedUntil), Math.max(guardedUntil, admittedUntil)}) {
                if (judged < end && end <= time) {
                    judge(end);
                }
            }
        }

        /** What is open when the recording ends stays so, but an admittance runs out. */
        private void end(long time) {
            settle(time);
            close(time < guardedUntil ? admittedUntil : Long.MAX_VALUE);
        }

        private void judge(long time) {
            judged = time;
            boolean open = on && (time >= guardedUntil || time < admittedUntil);
            if (open && since < 0) {
                since = time;
            } else if (!open) {
                close(time);
            }
        }

        private void close(long time) {
            if (since >= 0) {
                spans.add(new Span(node, since, time, filtered));
                since = -1;
            }
        }
    }

    private Admittance() {}

    static List<Finding> findings(History history) {
        List<Finding> findings = new ArrayList<>();
        for (String vip : history.vips()) {
            List<Span> spans = spans(history, vip);
            for (int i = 0; i < spans.size(); i++) {
                for (int j = i + 1; j < spans.size() && spans.get(j).from < spans.get(i).to; j++) {
                    compare(vip, spans.get(i), spans.get(j), findings);
                }
            }
        }
        return findings;
    }

    private static void compare(String vip, Span first, Span second, List<Finding> findings) {
        long end = Math.min(first.to, second.to);
        long overlap = end - second.from;
        boolean filtered = first.filtered || second.filtered;
        if (!first.node.equals(second.node) && overlap > (filtered ? FILTER_LATENESS : 0)) {
            findings.add(new Finding(
                    second.from,
                    RULE,
                    second.node + " could speak for " + vip + " while " + first.node + " could, "
                            + (end == Long.MAX_VALUE ? "to the end" : "for " + overlap / 1_000_000 + " ms")));
        }
    }

    private static List<Span> spans(History history, String vip) {
        List<Span> spans = new ArrayList<>();
        Map<String, Place> places = new HashMap<>();
        Stream.concat(history.addresses().stream(), history.fences().stream())
                .filter(event -> vip.equals(vipOf(event)))
                .sorted(Comparator.comparingLong(Recorded::time))
                .forEach(event -> places.computeIfAbsent(nodeOf(event), node -> new Place(node, spans))
                        .take(event));
        places.values().forEach(place -> place.end(history.end()));
        spans.sort(Comparator.comparingLong(Span::from));
        return spans;
    }

    private static String vipOf(Recorded event) {
        return event instanceof Recorded.Address address ? address.vip() : ((Recorded.Fence) event).vip();
    }

    private static String nodeOf(Recorded event) {
        return event instanceof Recorded.Address address ? address.node() : ((Recorded.Fence) event).node();
    }
}
