package io.vipkeeper.observe.status;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

import io.vipkeeper.keeper.KeeperStatus;
import io.vipkeeper.keeper.Observation;
import io.vipkeeper.keeper.Observer;
import io.vipkeeper.observe.Notable;

/**
 * What went wrong in the last minutes and is no state that the keeper remembers. Told on the observers' thread; read from
 * any.
 */
public final class Lately implements Observer {
    private static final long KEPT_NANOS = Duration.ofMinutes(5).toNanos();
    private static final int MOST = 16;

    private volatile List<Trouble> troubles = List.of();
    private volatile OptionalLong gathering = OptionalLong.empty();

    /** Of what kind. */
    public enum Kind {
        /** About a virtual IP: the MAC address of a machine that claims it. */
        FOREIGN_CLAIM,
        /** About a virtual IP: what the kernel said. */
        KERNEL_REFUSED,
        /** About a virtual IP: why it is not ours to take. */
        FORBIDDEN,
        /** About a request: why there is no usable answer; over with the next one that is. */
        API,
        /** About an identity: where another process uses it. */
        TWIN
    }

    /**
     * @param atNanos when it was seen last, on the core's clock
     * @param count how often, as far as it is remembered
     */
    public record Trouble(Kind kind, String about, String what, long atNanos, long count) {
        private boolean isLike(Trouble other) {
            return kind == other.kind && about.equals(other.about) && (kind != Kind.FOREIGN_CLAIM || isSame(other));
        }

        private boolean isSame(Trouble other) {
            return what.equals(other.what);
        }

        private Trouble again(Trouble newer) {
            return new Trouble(kind, about, newer.what, newer.atNanos, count + 1);
        }
    }

    /** The newest first. */
    public List<Trouble> troubles(long nowNanos) {
        return troubles.stream()
                .filter(trouble -> nowNanos - trouble.atNanos() < KEPT_NANOS)
                .toList();
    }

    /** Whether the holder or its company has changed so lately that a fast path may be about to come. */
    boolean isGathering(long nowNanos) {
        OptionalLong since = gathering;
        return since.isPresent() && nowNanos - since.getAsLong() < Notable.GATHERING.toNanos();
    }

    @Override
    public void observed(Observation observation, long atNanos) {
        switch (observation) {
            case Observation.ForeignClaim(var vip, String mac) ->
                note(Kind.FOREIGN_CLAIM, vip.toString(), mac, atNanos);
            case Observation.KernelRefused(var vip, String reason) ->
                note(Kind.KERNEL_REFUSED, vip.toString(), reason, atNanos);
            case Observation.VipForbidden(var vip, String why) -> note(Kind.FORBIDDEN, vip.toString(), why, atNanos);
            case Observation.RequestFailed(var request, var cause, String detail) ->
                note(Kind.API, request.name(), cause + ": " + detail, atNanos);
            case Observation.TwinSeen(String identity, String where) -> note(Kind.TWIN, identity, where, atNanos);
            case Observation.BecameHolder other -> gathering = OptionalLong.of(atNanos);
            case Observation.FastTurned other -> gathering = OptionalLong.of(atNanos);
            case Observation.PeerTurned other -> gathering = OptionalLong.of(atNanos);
            // No trouble, or one that the status shows by itself.
            case Observation.LostHolding other -> {}
            case Observation.HolderChanged other -> {}
            case Observation.Renewed other -> {}
            case Observation.ConflictMet other -> {}
            case Observation.AbsurdLease other -> {}
            case Observation.VipBound other -> {}
            case Observation.VipUnbound other -> {}
            case Observation.VipAnnounced other -> {}
            case Observation.Provisional other -> {}
            case Observation.LinkTurned other -> {}
            case Observation.HeldOver other -> {}
            case Observation.FenceTurned other -> {}
            case Observation.LocalApiTurned other -> {}
        }
    }

    @Override
    public void turned(KeeperStatus status) {
        if (status.apiAnswers() && troubles.stream().anyMatch(trouble -> trouble.kind() == Kind.API)) {
            troubles = troubles.stream()
                    .filter(trouble -> trouble.kind() != Kind.API)
                    .toList();
        }
    }

    private void note(Kind kind, String about, String what, long atNanos) {
        Trouble seen = new Trouble(kind, about, what, atNanos, 1);
        List<Trouble> now = new ArrayList<>(List.of(seen));
        for (Trouble old : troubles) {
            if (old.isLike(seen)) {
                now.set(0, old.again(seen));
            } else if (now.size() < MOST) {
                now.add(old);
            }
        }
        troubles = List.copyOf(now);
    }
}
