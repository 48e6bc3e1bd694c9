package io.vipkeeper.service;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;

import io.vipkeeper.lease.Moments;
import io.vipkeeper.service.plan.Placement;
import io.vipkeeper.service.plan.Snapshot;

/**
 * What this node sees of the objects, how old that is at the most, and since when it has missed nothing.
 *
 * <p>The Lease of an address can change with its Service. A node that does not see so still renews the Lease before, so
 * the right to an address ends by the age of the view as it ends by the age of the Lease: each proof that nothing was
 * missed prolongs it, counted from before the request that brought the proof. Whoever sees the change waits for longer.
 */
final class View {
    private final Laws laws;
    private Optional<Snapshot> snapshot = Optional.empty();
    private Optional<Map<InetAddress, String>> nodeAddresses = Optional.empty();
    private long asOfNanos;
    private long gaplessSinceNanos;

    View(Laws laws) {
        this.laws = laws;
    }

    /** @param missed whether the objects may have been something else since the snapshot before */
    void see(Snapshot seen, long asOf, boolean missed, long now) {
        boolean first = snapshot.isEmpty();
        if (first || missed) {
            gaplessSinceNanos = now;
        }
        asOfNanos = first ? asOf : Moments.later(asOfNanos, asOf);
        snapshot = Optional.of(seen);
    }

    void prove(long asOf) {
        asOfNanos = Moments.later(asOfNanos, asOf);
    }

    void know(Map<InetAddress, String> owners) {
        nodeAddresses = Optional.of(owners);
    }

    /** Whether everything was listed once: before that nothing can be said of any address. */
    boolean isWhole() {
        return snapshot.isPresent() && nodeAddresses.isPresent();
    }

    Snapshot snapshot() {
        return snapshot.orElseThrow();
    }

    Map<InetAddress, String> nodeAddresses() {
        return nodeAddresses.orElseThrow();
    }

    long rightEndsNanos() {
        return laws.viewRightEnds(asOfNanos);
    }

    long kernelEndsNanos() {
        return laws.viewKernelEnds(asOfNanos);
    }

    /** Whether this node may act on what it sees. */
    boolean isFresh(long now) {
        return isWhole() && rightEndsNanos() - now > 0;
    }

    /** When an address may be on that was not seen until now: another node may have it by a Lease that nobody saw here. */
    long notBefore(long now) {
        return Moments.later(now, gaplessSinceNanos + laws.waitAfterMoveNanos());
    }

    /** Whether a process of this node had the address by the Lease that it is under, as far as the status says. */
    boolean wasHere(Placement placement, String node) {
        return snapshot().services().stream()
                .filter(view -> placement.services().contains(view.key()))
                .anyMatch(
                        view -> view.host().equals(node) && view.ingress().contains(StatusDesk.text(placement.vip())));
    }
}
