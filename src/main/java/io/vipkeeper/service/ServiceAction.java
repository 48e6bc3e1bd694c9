package io.vipkeeper.service;

import io.vipkeeper.lease.LeaseAction;
import io.vipkeeper.service.plan.LeaseRef;
import io.vipkeeper.service.plan.Notice;
import io.vipkeeper.vip.VipAction;

/** Everything that the core wants done. */
public sealed interface ServiceAction {

    /** At the API server; answered by {@link ServiceEvent.FromLease}. */
    record OnLease(LeaseRef lease, LeaseAction action) implements ServiceAction {}

    /** On an interface of this node, in the order given; answered by {@link ServiceEvent.FromVip}. */
    record OnVip(String nic, VipAction action) implements ServiceAction {}

    /** Answered by {@link ServiceEvent.Written}. */
    record SetStatus(StatusDraft draft) implements ServiceAction {}

    /** Tell the owner of a Service; not answered. */
    record Tell(Notice notice) implements ServiceAction {}

    /** Everything is given back: the process may end. */
    record Finished() implements ServiceAction {}
}
