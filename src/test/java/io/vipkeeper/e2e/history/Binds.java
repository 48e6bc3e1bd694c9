package io.vipkeeper.e2e.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every bind, which is an address put on a node that did not have it, follows a Lease version that names the node, with
 * no version of another in between, and no longer ago than that version's leaseDuration. A filter that admits the
 * address again after it did not for a while is judged in the same way.
 */
final class Binds {
    static final String RULE = "bind without a write";

    private final Tenures tenures;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> bound = new HashSet<>();
    private final Map<String, Long> admittedUntil = new HashMap<>();
    private int count;
    private long latest;

    private Binds(Tenures tenures) {
        this.tenures = tenures;
    }

    static Binds in(History history, Tenures tenures) {
        Binds made = new Binds(tenures);
        history.addresses().forEach(made::read);
        history.fences().forEach(made::read);
        return made;
    }

    List<Finding> findings() {
        return findings;
    }

    int count() {
        return count;
    }

    /** The most, in nanoseconds, by which a bind was stamped before the version that it followed. */
    long latestVersion() {
        return latest;
    }

    private void read(Recorded.Address event) {
        String place = event.node() + " " + event.vip();
        if (!event.on()) {
            bound.remove(place);
        } else if (bound.add(place)) {
            count++;
            judge(event.time(), event.node(), event.node() + " binds " + event.vip());
        }
    }

    private void read(Recorded.Fence event) {
        String place = event.node() + " " + event.vip();
        switch (event.filter()) {
            case GUARDED, UNGUARDED -> {}
            case BLOCKED -> admittedUntil.remove(place);
            case ADMITTED -> {
                Long before = admittedUntil.put(place, event.until());
                if (before == null || before < event.time()) {
                    judge(event.time(), event.node(), event.node() + " admits " + event.vip());
                }
            }
        }
    }

    private void judge(long time, String node, String what) {
        long lateness = tenures.lateness(node, time);
        if (lateness < 0) {
            findings.add(new Finding(time, RULE, what + " while " + tenures.named(time)));
        } else if (!tenures.fresh(node, time)) {
            findings.add(new Finding(time, RULE, what + " although its last write is longer ago than a leaseDuration"));
        }
        latest = Math.max(latest, lateness);
    }
}
