package io.vipkeeper.e2e.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

import io.vipkeeper.e2e.history.Recorded.Filter;
import io.vipkeeper.e2e.history.Recorded.Voice;

/** A made-up history of three nodes; times in milliseconds, a lease lasts 5 s, a node's MAC is its name in capitals. */
final class Story {
    static final String VIP = "192.0.2.10";
    static final String VIP6 = "2001:db8::10";

    private static final long MILLI = 1_000_000;
    private static final long LEASE = 5_000 * MILLI;

    private final List<Recorded.Frame> frames = new ArrayList<>();
    private final List<Recorded.Address> addresses = new ArrayList<>();
    private final List<Recorded.Lease> leases = new ArrayList<>();
    private final List<Recorded.Fence> fences = new ArrayList<>();
    private final List<History.Stranger> strangers = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    /** A version of the Lease; an empty holder is nobody. */
    Story lease(long at, String holder) {
        leases.add(new Recorded.Lease(at * MILLI, leases.size(), holder, LEASE, false, false));
        return this;
    }

    /** A version that names the successor to whom the Lease was offered. */
    Story offered(long at, String holder) {
        leases.add(new Recorded.Lease(at * MILLI, leases.size(), holder, LEASE, false, true));
        return this;
    }

    Story leaseDeleted(long at) {
        leases.add(new Recorded.Lease(at * MILLI, leases.size(), "", 0, true, false));
        return this;
    }

    Story on(long at, String node) {
        addresses.add(new Recorded.Address(at * MILLI, node, VIP, true));
        return this;
    }

    Story off(long at, String node) {
        addresses.add(new Recorded.Address(at * MILLI, node, VIP, false));
        return this;
    }

    Story announces(long at, String node) {
        return says(at, node, VIP, Voice.ANNOUNCEMENT);
    }

    Story answers(long at, String node) {
        return says(at, node, VIP, Voice.ANSWER);
    }

    Story answers6(long at, String node) {
        return says(at, node, VIP6, Voice.ANSWER);
    }

    private Story says(long at, String node, String vip, Voice voice) {
        frames.add(new Recorded.Frame(at * MILLI, node.toUpperCase(Locale.ROOT), vip, voice));
        return this;
    }

    Story guards(long at, String node, long millis) {
        fences.add(new Recorded.Fence(at * MILLI, node, VIP, Filter.GUARDED, OptionalLong.of(millis * MILLI)));
        return this;
    }

    Story admits(long at, String node, long millis) {
        fences.add(new Recorded.Fence(at * MILLI, node, VIP, Filter.ADMITTED, OptionalLong.of(millis * MILLI)));
        return this;
    }

    Story filter(long at, String node, Filter filter) {
        fences.add(new Recorded.Fence(at * MILLI, node, VIP, filter, OptionalLong.empty()));
        return this;
    }

    /** Until then the node runs an elector of another kind. */
    Story stranger(String node, long to) {
        strangers.add(new History.Stranger(node, 0, to * MILLI));
        return this;
    }

    Story fault(String fault) {
        faults.add(fault);
        return this;
    }

    History told() {
        Map<String, String> nodes = Map.of("N1", "n1", "N2", "n2", "N3", "n3");
        return new History(nodes, frames, addresses, leases, fences, strangers, faults);
    }

    Verdict verdict() {
        return Verdict.of(told());
    }

    /** The rules that were broken, each once. */
    List<String> broken() {
        return verdict().findings().stream().map(Finding::rule).distinct().toList();
    }
}
