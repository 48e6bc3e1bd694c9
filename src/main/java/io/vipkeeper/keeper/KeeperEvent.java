package io.vipkeeper.keeper;

import java.net.InetAddress;
import java.util.Map;

import io.vipkeeper.grant.GrantEvent;
import io.vipkeeper.lease.LeaseEvent;
import io.vipkeeper.vip.VipEvent;

/** Everything that the core is told. */
public sealed interface KeeperEvent {

    /** Time went by. */
    record Tick() implements KeeperEvent {}

    /** From the API server. */
    record FromLease(LeaseEvent event) implements KeeperEvent {}

    /** From the kernel and the wire. */
    record FromVip(VipEvent event) implements KeeperEvent {}

    /** From the other candidates, and about them. */
    record FromPeers(GrantEvent event) implements KeeperEvent {}

    /** Whether this process is the only one of its identity on this node. */
    record IdentityLocked(boolean locked) implements KeeperEvent {}

    /** Every address that some Node of the cluster has as its own, and that Node's name. */
    record NodeAddresses(Map<InetAddress, String> owners) implements KeeperEvent {

        public NodeAddresses {
            owners = Map.copyOf(owners);
        }
    }

    /** The process is asked to end. */
    record Stop() implements KeeperEvent {}
}
