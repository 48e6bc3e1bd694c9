package io.vipkeeper.e2e.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * No voice outside a hold: whatever a node says for a VIP, it says while the Lease names it, and it announces only an
 * address that it has. A version that names another candidate ends the hold without any tolerance: its stamp is late,
 * and the node should have been silent before it was written.
 */
final class Voices {
    static final String RULE = "voice outside a hold";

    /** How late {@code ip monitor} may have stamped a bind: the node may announce before the reader was scheduled. */
    static final long MONITOR_LATENESS = 100_000_000;

    private final History history;
    private final Tenures tenures;
    private final Map<String, List<Recorded.Address>> events = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    private Voices(History history, Tenures tenures) {
        this.history = history;
        this.tenures = tenures;
        history.addresses()
                .forEach(event -> events.computeIfAbsent(event.node() + " " + event.vip(), place -> new ArrayList<>())
                        .add(event));
    }

    static List<Finding> findings(History history, Tenures tenures) {
        Voices made = new Voices(history, tenures);
        history.frames().forEach(made::judge);
        return made.findings;
    }

    private void judge(Recorded.Frame frame) {
        String node = history.speaker(frame);
        boolean lingers = frame.voice() != Recorded.Voice.ANNOUNCEMENT && tenures.lingers(node, frame.time());
        boolean departs = history.isStranger(node, frame.time()) && tenures.departs(node, frame.time());
        if (!tenures.names(node, frame.time()) && !tenures.bereft(node, frame.time()) && !lingers && !departs) {
            refuse(frame, node, tenures.named(frame.time()));
        }
        if (frame.voice() == Recorded.Voice.ANNOUNCEMENT && !bound(node, frame)) {
            refuse(frame, node, "it does not have the address");
        }
    }

    private void refuse(Recorded.Frame frame, String node, String why) {
        String what = node + " sends an " + frame.voice() + " of " + frame.vip() + " while " + why;
        findings.add(new Finding(frame.time(), RULE, what));
    }

    private boolean bound(String node, Recorded.Frame frame) {
        boolean on = false;
        for (Recorded.Address event : events.getOrDefault(node + " " + frame.vip(), List.of())) {
            if (event.time() - frame.time() > (event.on() ? MONITOR_LATENESS : 0)) {
                break;
            }
            on = event.on();
        }
        return on;
    }
}
