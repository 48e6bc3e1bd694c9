package io.vipkeeper.e2e.history;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Everything that was recorded of one cluster. Frames, addresses and fences are sorted by time here, those of one time
 * in the order given; Lease versions by their revision, which is etcd's order.
 *
 * @param nodes the names of the nodes by MAC
 * @param strangers when an elector of another kind ran, and where
 * @param faults why the recording may lack something, one sentence each
 */
public record History(
        Map<String, String> nodes,
        List<Recorded.Frame> frames,
        List<Recorded.Address> addresses,
        List<Recorded.Lease> leases,
        List<Recorded.Fence> fences,
        List<Stranger> strangers,
        List<String> faults) {

    /** An elector that releases beside the removal of its address, as client-go does; times as in {@link Recorded}. */
    public record Stranger(String node, long from, long to) {

        private boolean runs(String where, long time) {
            return node.equals(where) && from <= time && time <= to;
        }
    }

    public History {
        nodes = Map.copyOf(nodes);
        frames = inOrder(frames);
        addresses = inOrder(addresses);
        leases = leases.stream()
                .sorted(Comparator.comparingLong(Recorded.Lease::revision))
                .toList();
        fences = inOrder(fences);
        strangers = List.copyOf(strangers);
        faults = List.copyOf(faults);
    }

    private static <T extends Recorded> List<T> inOrder(List<T> recorded) {
        return recorded.stream()
                .sorted(Comparator.comparingLong(Recorded::time))
                .toList();
    }

    /** The same, with electors of another kind in it. */
    public History with(List<Stranger> others) {
        return new History(nodes, frames, addresses, leases, fences, others, faults);
    }

    boolean isStranger(String node, long time) {
        return strangers.stream().anyMatch(stranger -> stranger.runs(node, time));
    }

    /** The node's name, or the MAC itself for one that is no node's. */
    String speaker(Recorded.Frame frame) {
        return nodes.getOrDefault(frame.mac(), frame.mac());
    }

    /** The time of the last thing recorded. */
    long end() {
        return Stream.of(frames, addresses, leases, fences)
                .flatMap(List::stream)
                .mapToLong(Recorded::time)
                .max()
                .orElse(0);
    }

    /** Every address that was seen in use. */
    Iterable<String> vips() {
        TreeSet<String> vips = new TreeSet<>();
        frames.forEach(frame -> vips.add(frame.vip()));
        addresses.forEach(address -> vips.add(address.vip()));
        return vips;
    }
}
