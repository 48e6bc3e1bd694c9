package io.vipkeeper.keeper;

import io.vipkeeper.grant.GrantStep;
import io.vipkeeper.lease.LeaseAction;
import io.vipkeeper.vip.VipAction;

/** Everything that the core wants done. */
public sealed interface KeeperAction {

    /** At the API server. */
    record OnLease(LeaseAction action) implements KeeperAction {}

    /** On this node and its links; in the order given. */
    record OnVip(VipAction action) implements KeeperAction {}

    /** A datagram to another candidate. */
    record OnPeer(GrantStep.Send send) implements KeeperAction {}

    /** Everything is given back: the process may end. */
    record Finished() implements KeeperAction {}
}
