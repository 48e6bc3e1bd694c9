package io.vipkeeper.keeper;

import java.util.Optional;

import io.vipkeeper.bootstrap.BootstrapState;
import io.vipkeeper.grant.GrantState;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.lease.LeaseState;
import io.vipkeeper.vip.VipState;

/**
 * The core's state between two steps.
 *
 * @param qualified what the election was told last about whether this node may hold
 * @param apiAnswers whether the last finished request had a usable answer
 * @param twinReported where the twin is that was told of last
 */
public record KeeperState(
        LeaseState lease,
        VipState vip,
        GrantState grant,
        BootstrapState bootstrap,
        Surroundings around,
        boolean qualified,
        boolean apiAnswers,
        Optional<String> twinReported) {

    KeeperState withLease(LeaseState next) {
        Surroundings seen =
                around.withHolder(next.record().map(LeaseRecord::holderIdentity).orElse(""));
        return new KeeperState(next, vip, grant, bootstrap, seen, qualified, apiAnswers, twinReported);
    }

    KeeperState withVip(VipState next) {
        return new KeeperState(lease, next, grant, bootstrap, around, qualified, apiAnswers, twinReported);
    }

    KeeperState withGrant(GrantState next) {
        return new KeeperState(lease, vip, next, bootstrap, around, qualified, apiAnswers, twinReported);
    }

    KeeperState withBootstrap(BootstrapState next) {
        return new KeeperState(lease, vip, grant, next, around, qualified, apiAnswers, twinReported);
    }

    KeeperState withAround(Surroundings next) {
        return new KeeperState(lease, vip, grant, bootstrap, next, qualified, apiAnswers, twinReported);
    }

    KeeperState withQualified(boolean next) {
        return new KeeperState(lease, vip, grant, bootstrap, around, next, apiAnswers, twinReported);
    }

    KeeperState withApiAnswers(boolean next) {
        return new KeeperState(lease, vip, grant, bootstrap, around, qualified, next, twinReported);
    }

    KeeperState withTwinReported(Optional<String> next) {
        return new KeeperState(lease, vip, grant, bootstrap, around, qualified, apiAnswers, next);
    }
}
