package io.vipkeeper.e2e.history;

import java.util.ArrayList;
import java.util.List;

/**
 * Answering intervals never interleave: each time that the voice of a VIP comes from another MAC than before, that
 * node has a tenure of its own, later than the one by which the node before it spoke, and seen by then. The frames are
 * one capture on one bridge and need no tolerance for their order.
 */
final class Interleaving {
    static final String RULE = "intervals interleave";

    private final History history;
    private final Tenures tenures;
    private final List<Finding> findings = new ArrayList<>();
    private int changes;

    private Interleaving(History history, Tenures tenures) {
        this.history = history;
        this.tenures = tenures;
    }

    static Interleaving in(History history, Tenures tenures) {
        Interleaving made = new Interleaving(history, tenures);
        history.vips().forEach(made::read);
        return made;
    }

    List<Finding> findings() {
        return findings;
    }

    /** How often the voice changed from one MAC to another. */
    int changes() {
        return changes;
    }

    private void read(String vip) {
        String speaking = null;
        int tenure = -1;
        for (Recorded.Frame frame : history.frames()) {
            if (!frame.vip().equals(vip) || frame.mac().equals(speaking)) {
                continue;
            }
            int next = next(frame, tenure);
            if (next < 0) {
                refuse(frame, speaking);
                continue;
            }
            changes += speaking == null ? 0 : 1;
            tenure = next;
            speaking = frame.mac();
        }
    }

    /** The first tenure after the one consumed by which this frame's node may have begun to speak; -1 if none. */
    private int next(Recorded.Frame frame, int consumed) {
        String node = history.speaker(frame);
        for (int i = consumed + 1; i < tenures.all().size(); i++) {
            Tenures.Tenure tenure = tenures.all().get(i);
            if (tenure.from() - frame.time() > Tenures.WATCH_LATENESS) {
                return -1;
            }
            if (tenure.holder().equals(node)) {
                return i;
            }
        }
        return -1;
    }

    /** The frame does not count as a change: what the rightful node says next is none either. */
    private void refuse(Recorded.Frame frame, String before) {
        String after = before == null ? "" : " after " + history.nodes().getOrDefault(before, before);
        findings.add(new Finding(
                frame.time(),
                RULE,
                history.speaker(frame) + " speaks for " + frame.vip() + after
                        + " without a Lease version in between that names it (" + tenures.named(frame.time()) + ")"));
    }
}
