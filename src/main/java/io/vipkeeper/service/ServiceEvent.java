package io.vipkeeper.service;

import java.net.InetAddress;
import java.util.Map;

import io.vipkeeper.lease.LeaseEvent;
import io.vipkeeper.service.plan.LeaseRef;
import io.vipkeeper.service.plan.ServiceKey;
import io.vipkeeper.service.plan.Snapshot;
import io.vipkeeper.vip.VipEvent;

/** Everything that the core is told. */
public sealed interface ServiceEvent {

    /** Time went by. */
    record Tick() implements ServiceEvent {}

    /**
     * What there is, again as a whole.
     *
     * @param asOfNanos before this nothing has happened that the snapshot does not show
     * @param missed whether objects may have been something else since the snapshot before, and then as they are now
     */
    record Seen(Snapshot snapshot, long asOfNanos, boolean missed) implements ServiceEvent {}

    /** Nothing has happened before {@code asOfNanos} that the last snapshot does not show. */
    record Fresh(long asOfNanos) implements ServiceEvent {}

    /** Every address that some Node has as its own, and that Node's name. */
    record NodeAddresses(Map<InetAddress, String> owners) implements ServiceEvent {
        public NodeAddresses {
            owners = Map.copyOf(owners);
        }
    }

    /** From the API server about one Lease. */
    record FromLease(LeaseRef lease, LeaseEvent event) implements ServiceEvent {}

    /** A Lease turned out to be somebody else's; {@code why} is a sentence for the owners of the Services. */
    record Barred(LeaseRef lease, String why) implements ServiceEvent {}

    /** From the kernel and the wire. */
    record FromVip(VipEvent event) implements ServiceEvent {}

    /** Whether no other process of this identity runs on this node. */
    record IdentityLocked(boolean locked) implements ServiceEvent {}

    /** The answer to {@link ServiceAction.SetStatus}. */
    record Written(ServiceKey service, StatusAnswer answer) implements ServiceEvent {}

    /** The process is asked to end. */
    record Stop() implements ServiceEvent {}
}
