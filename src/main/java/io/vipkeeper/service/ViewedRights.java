package io.vipkeeper.service;

import java.util.Optional;

import io.vipkeeper.lease.Moments;
import io.vipkeeper.service.plan.LeaseRef;
import io.vipkeeper.vip.Stance;

/** What this node may by its Leases: no more than the view that they are used with. */
record ViewedRights(Elections elections, View view) implements Addresses.Rights {
    @Override
    public Optional<Stance.Holding> of(LeaseRef lease) {
        return elections
                .holder(lease)
                .map(right -> new Stance.Holding(
                        Moments.earlier(right.rightEndsNanos(), view.rightEndsNanos()),
                        Moments.earlier(right.kernelEndsNanos(), view.kernelEndsNanos())));
    }

    @Override
    public boolean isInherited(LeaseRef lease) {
        return elections.isInherited(lease);
    }
}
