package io.vipkeeper.e2e.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The versions of the Lease, and who was named when: runs of versions that name the same holder, or nobody. */
final class Tenures {
    /**
     * How late the watch may have stamped a version. etcd tells the writer and the watcher at the same time, and both
     * then have to be scheduled on a busy machine: the writer may bind before the watcher has looked at its clock.
     */
    static final long WATCH_LATENESS = 100_000_000;

    /** How long after a release a vipkeeper waits for an elector that removes its address beside it. */
    private static final long RELEASE_GRACE = 500_000_000;

    /** How long whoever offered the Lease may go on answering (R11). */
    private static final long LINGER = 200_000_000;

    /**
     * One run of versions.
     *
     * @param from when its first version was seen
     * @param offered by the holder of the tenure before, which may answer for a moment longer
     * @param duration the longest leaseDuration of its versions, in nanoseconds
     */
    record Tenure(int number, String holder, long from, boolean offered, long duration) {}

    private final Set<String> nodes;
    private final List<Recorded.Lease> versions;
    private final List<Tenure> tenures = new ArrayList<>();

    Tenures(History history) {
        nodes = Set.copyOf(history.nodes().values());
        versions = notBeforeTheirPredecessor(history.leases());
        for (Recorded.Lease version : versions) {
            add(version);
        }
    }

    /** A version cannot have come before the one that it replaced, whatever the stamps say. */
    private static List<Recorded.Lease> notBeforeTheirPredecessor(Collection<Recorded.Lease> seen) {
        List<Recorded.Lease> versions = new ArrayList<>();
        long last = 0;
        for (Recorded.Lease one : seen) {
            last = Math.max(last, one.time());
            versions.add(new Recorded.Lease(
                    last, one.revision(), one.holder(), one.durationNanos(), one.deleted(), one.offered()));
        }
        return versions;
    }

    private void add(Recorded.Lease version) {
        Tenure last = tenures.isEmpty() ? null : tenures.getLast();
        if (last == null || !last.holder.equals(version.holder())) {
            tenures.add(new Tenure(
                    tenures.size(), version.holder(), version.time(), version.offered(), version.durationNanos()));
        } else if (version.durationNanos() > last.duration) {
            tenures.set(
                    last.number,
                    new Tenure(last.number, last.holder, last.from, last.offered, version.durationNanos()));
        }
    }

    List<Tenure> all() {
        return tenures;
    }

    /** The number of the tenure at a time; -1 before the first. */
    int at(long time) {
        int low = 0;
        int high = tenures.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (tenures.get(middle).from <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /** Who is named at a time, for a sentence. */
    String named(long time) {
        int at = at(time);
        if (at < 0) {
            return "there is no Lease yet";
        }
        String holder = tenures.get(at).holder;
        return holder.isEmpty() ? "the Lease names nobody" : "the Lease names " + holder;
    }

    /**
     * Whether the Lease names a node at a time, or does so within the watch's lateness, in which case it was written
     * before.
     */
    boolean names(String node, long time) {
        return lateness(node, time) >= 0;
    }

    /** How long after a time the Lease was first seen to name a node: 0 if it does already, -1 if it does not in time. */
    long lateness(String node, long time) {
        int at = at(time);
        if (at >= 0 && tenures.get(at).holder.equals(node)) {
            return 0;
        }
        for (int i = at + 1; i < tenures.size() && tenures.get(i).from - time <= WATCH_LATENESS; i++) {
            if (tenures.get(i).holder.equals(node)) {
                return tenures.get(i).from - time;
            }
        }
        return -1;
    }

    /** Whether a node may still speak because it offered the Lease to whom it names. */
    boolean lingers(String node, long time) {
        int at = at(time);
        return at > 0
                && tenures.get(at).offered
                && tenures.get(at - 1).holder.equals(node)
                && time - tenures.get(at).from <= LINGER;
    }

    /** Whether a node that does not remove its address before it releases may still speak. */
    boolean departs(String node, long time) {
        int at = at(time);
        return at > 0
                && tenures.get(at).holder.isEmpty()
                && tenures.get(at - 1).holder.equals(node)
                && time - tenures.get(at).from <= RELEASE_GRACE;
    }

    /**
     * Whether a node may still speak by a tenure that somebody ended without asking it: no candidate writes the name of
     * a stranger or deletes the Lease, so that was done by hand. The node has to learn it, at the latest when its own
     * hold runs out.
     */
    boolean bereft(String node, long time) {
        int last = at(time);
        while (last >= 0 && byHand(tenures.get(last))) {
            last--;
        }
        return last >= 0
                && last < at(time)
                && tenures.get(last).holder.equals(node)
                && time - tenures.get(last + 1).from <= tenures.get(last).duration;
    }

    private boolean byHand(Tenure tenure) {
        return tenure.holder.isEmpty() ? firstOf(tenure).deleted() : !nodes.contains(tenure.holder);
    }

    private Recorded.Lease firstOf(Tenure tenure) {
        return versions.stream()
                .filter(version ->
                        version.time() >= tenure.from && version.holder().equals(tenure.holder))
                .findFirst()
                .orElseThrow();
    }

    /** Whether a version that names a node was seen within that version's duration before a time, or is about to be. */
    boolean fresh(String node, long time) {
        return versions.stream()
                .anyMatch(version -> version.holder().equals(node)
                        && version.time() - time <= WATCH_LATENESS
                        && time - version.time() <= version.durationNanos());
    }
}
