package io.vipkeeper.e2e.history;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Every bind, which is an address put on a node that did not have it, follows a Lease version that names the node, with
 * no version of another in between, and no longer ago than that version's leaseDuration.
 */
final class Binds {
    static final String RULE = "bind without a write";

    private final Tenures tenures;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> bound = new HashSet<>();
    private int count;
    private long latest;

    private Binds(Tenures tenures) {
        this.tenures = tenures;
    }

    static Binds in(History history, Tenures tenures) {
        Binds made = new Binds(tenures);
        history.addresses().forEach(made::read);
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
            judge(event);
        }
    }

    private void judge(Recorded.Address event) {
        String what = event.node() + " binds " + event.vip();
        long lateness = tenures.lateness(event.node(), event.time());
        if (lateness < 0) {
            findings.add(new Finding(event.time(), RULE, what + " while " + tenures.named(event.time())));
        } else if (!tenures.fresh(event.node(), event.time())) {
            findings.add(new Finding(
                    event.time(), RULE, what + " although its last write is longer ago than a leaseDuration"));
        }
        latest = Math.max(latest, lateness);
    }
}
