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
 * @param faults why the recording may lack something, one sentence each
 */
public record History(
        Map<String, String> nodes,
        List<Recorded.Frame> frames,
        List<Recorded.Address> addresses,
        List<Recorded.Lease> leases,
        List<Recorded.Fence> fences,
        List<String> faults) {

    public History {
        nodes = Map.copyOf(nodes);
        frames = inOrder(frames);
        addresses = inOrder(addresses);
        leases = leases.stream()
                .sorted(Comparator.comparingLong(Recorded.Lease::revision))
                .toList();
        fences = inOrder(fences);
        faults = List.copyOf(faults);
    }

    private static <T extends Recorded> List<T> inOrder(List<T> recorded) {
        return recorded.stream()
                .sorted(Comparator.comparingLong(Recorded::time))
                .toList();
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
