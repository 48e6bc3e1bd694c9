package io.vipkeeper.observe;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;

import io.vipkeeper.keeper.KeeperStatus;
import io.vipkeeper.keeper.KeeperStatus.Role;
import io.vipkeeper.vip.VirtualIp;

/** States of a keeper to begin a test with. */
public final class Statuses {
    public static final VirtualIp VIP = vip("192.0.2.10");

    private Statuses() {}

    public static VirtualIp vip(String address) {
        try {
            return VirtualIp.host(InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static KeeperStatus follower(boolean apiAnswers, long turnedNanos) {
        return status(Role.FOLLOWER, true, false, apiAnswers, turnedNanos);
    }

    public static KeeperStatus holder(long turnedNanos) {
        return status(Role.HOLDER, true, false, true, turnedNanos);
    }

    /** As {@code status}, but with this fast path. */
    public static KeeperStatus with(KeeperStatus status, KeeperStatus.Fast fast, long rightEndsNanos) {
        return new KeeperStatus(
                status.role(),
                status.holder(),
                rightEndsNanos,
                status.renewedNanos(),
                status.bound(),
                status.linkUsable(),
                status.twin(),
                status.forbidden(),
                status.leaseKnown(),
                status.apiAnswers(),
                fast,
                status.turnedNanos());
    }

    public static KeeperStatus status(Role role, boolean link, boolean twin, boolean apiAnswers, long turnedNanos) {
        boolean bound = role == Role.HOLDER;
        return new KeeperStatus(
                role,
                "node-b",
                0,
                turnedNanos,
                Map.of(VIP, bound),
                link,
                twin,
                false,
                true,
                apiAnswers,
                KeeperStatus.Fast.NONE,
                turnedNanos);
    }
}
