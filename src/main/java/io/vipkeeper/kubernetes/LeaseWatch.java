package io.vipkeeper.kubernetes;

import java.util.List;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Multi;

import io.vipkeeper.lease.LeaseEvent;

/**
 * Watches the one Lease for as long as somebody subscribes, on a thread of its own. A hint and no more: events may be
 * late, double, or missing, so whoever relies on the Lease polls it too. Only the newest event waits for a subscriber
 * who is slow.
 */
public final class LeaseWatch {
    private final ElectionClient client;
    private final KubernetesLeaseStore store;
    private final WatchPace pace;
    private final Predicate<String> trouble;

    /**
     * @param store of the same Lease; learns the objects that the watch sees
     * @param trouble told a sentence at each failure, and says whether it passed it on; called on the watch's thread
     */
    public LeaseWatch(ElectionClient client, KubernetesLeaseStore store, WatchPace pace, Predicate<String> trouble) {
        this.client = client;
        this.store = store;
        this.pace = pace;
        this.trouble = trouble;
    }

    /** Never fails and never completes; ends, with its thread and connection, when it is cancelled. */
    public Multi<LeaseEvent> events() {
        String selector = "fieldSelector=metadata.name%3D" + store.name().name();
        return ThreadSource.of("vipkeeper-lease-watch", outlet -> new ListWatch(
                        client, store.name().collection(), selector, pace, new Teller(outlet))
                .run(outlet::isOver));
    }

    /** One subscription. */
    private final class Teller implements ListWatch.Listener {
        private final ThreadSource.Outlet<LeaseEvent> outlet;

        Teller(ThreadSource.Outlet<LeaseEvent> outlet) {
            this.outlet = outlet;
        }

        @Override
        public void listed(List<JsonNode> objects) {
            boolean seen = false;
            for (JsonNode object : objects) {
                seen |= changed(object);
            }
            if (!seen) {
                outlet.emit(new LeaseEvent.Gone());
            }
        }

        @Override
        public boolean changed(JsonNode object) {
            if (LeaseJson.parse(store.name(), object) instanceof LeaseJson.Parsed.Lease lease) {
                store.remember(lease);
                outlet.emit(new LeaseEvent.Seen(lease.record()));
                return true;
            }
            return false;
        }

        @Override
        public void deleted(JsonNode object) {
            outlet.emit(new LeaseEvent.Gone());
        }

        @Override
        public void failed(String why) {
            trouble.test("Watching Lease " + store.name() + " fails and is tried again; polling goes on. " + why);
        }
    }
}
