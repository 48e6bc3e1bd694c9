package io.vipkeeper.keeper;

import java.net.InetAddress;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this node knows of its link, of itself and of the cluster's Nodes.
 *
 * @param linkUsable whether the VIP's interface can carry frames; false until the kernel has said so
 * @param linkChangedNanos when that changed last
 * @param locked whether no other process of this identity runs on this node
 * @param nodeAddresses the Nodes' own addresses and whose they are; empty until they could be read
 * @param holders whom this process has seen hold
 */
public record Surroundings(
        boolean linkUsable,
        long linkChangedNanos,
        boolean locked,
        Map<InetAddress, String> nodeAddresses,
        Set<String> holders) {

    /** More names than a cluster has candidates; whoever edits the Lease must not fill the memory. */
    private static final int MOST_HOLDERS = 32;

    public Surroundings {
        nodeAddresses = Map.copyOf(nodeAddresses);
        holders = Set.copyOf(holders);
    }

    static Surroundings unknown(long nowNanos) {
        return new Surroundings(false, nowNanos, false, Map.of(), Set.of());
    }

    Surroundings withLink(boolean usable, long nowNanos) {
        return new Surroundings(usable, nowNanos, locked, nodeAddresses, holders);
    }

    Surroundings withLock(boolean next) {
        return new Surroundings(linkUsable, linkChangedNanos, next, nodeAddresses, holders);
    }

    Surroundings withNodeAddresses(Map<InetAddress, String> next) {
        return new Surroundings(linkUsable, linkChangedNanos, locked, next, holders);
    }

    /** @param holder empty when nobody holds */
    Surroundings withHolder(String holder) {
        if (holder.isEmpty() || holders.contains(holder) || holders.size() >= MOST_HOLDERS) {
            return this;
        }
        Set<String> all = Stream.concat(holders.stream(), Stream.of(holder)).collect(Collectors.toSet());
        return new Surroundings(linkUsable, linkChangedNanos, locked, nodeAddresses, all);
    }
}
