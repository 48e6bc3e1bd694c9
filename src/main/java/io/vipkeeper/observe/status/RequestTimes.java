package io.vipkeeper.observe.status;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How long the latest questions to each API server took. From any thread; nobody waits for longer than a copy takes. */
public final class RequestTimes {

    /** Of each server; older ones are forgotten. */
    public static final int KEPT = 60;

    /** This node's own and those of other control planes; what further ones answered is not kept. */
    public static final int MOST_SERVERS = 8;

    private final Map<String, Deque<Asked>> latest = new TreeMap<>();

    /**
     * A question that has ended.
     *
     * @param status the HTTP status; zero when no whole answer came in time
     */
    public record Asked(int status, long nanos) {}

    /** As {@link io.vipkeeper.observe.meters.VipkeeperMeters#asked} takes it. */
    public synchronized void asked(String server, int status, long nanos) {
        if (!latest.containsKey(server) && latest.size() == MOST_SERVERS) {
            return;
        }
        Deque<Asked> kept = latest.computeIfAbsent(server, name -> new ArrayDeque<>(KEPT));
        if (kept.size() == KEPT) {
            kept.removeFirst();
        }
        kept.addLast(new Asked(status, nanos));
    }

    /** The oldest first, by server. */
    public synchronized Map<String, List<Asked>> latest() {
        return latest.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, kept -> List.copyOf(kept.getValue()), (a, b) -> a, TreeMap::new));
    }
}
