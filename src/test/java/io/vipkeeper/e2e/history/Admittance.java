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
        private boolean raised;
        private boolean admitted;
        private long until;
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
            boolean open = on && (!raised || admitted && until > event.time());
            if (open && since < 0) {
                since = event.time();
            } else if (!open) {
                close(event.time());
            }
        }

        private void take(Recorded.Fence fence) {
            switch (fence.filter()) {
                case RAISED -> {
                    raised = true;
                    admitted = false;
                }
                case GONE -> raised = false;
                case ADMITTED -> {
                    admitted = true;
                    until = fence.nanos().isPresent()
                            ? fence.time() + fence.nanos().getAsLong()
                            : Long.MAX_VALUE;
                }
                case BLOCKED -> admitted = false;
            }
        }

        /** Closes what ran out by itself until a time. */
        private void settle(long time) {
            if (raised && admitted && until <= time) {
                close(until);
                admitted = false;
            }
        }

        private void close(long time) {
            if (since >= 0) {
                spans.add(new Span(node, since, time, raised));
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
        long overlap = Math.min(first.to, second.to) - second.from;
        boolean filtered = first.filtered || second.filtered;
        if (!first.node.equals(second.node) && overlap > (filtered ? FILTER_LATENESS : 0)) {
            findings.add(new Finding(
                    second.from,
                    RULE,
                    second.node + " could speak for " + vip + " while " + first.node + " could, for "
                            + overlap / 1_000_000 + " ms"));
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
        places.values().forEach(place -> {
            place.settle(Long.MAX_VALUE - 1);
            place.close(Long.MAX_VALUE);
        });
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
