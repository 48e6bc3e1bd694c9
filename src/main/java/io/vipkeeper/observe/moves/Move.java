package io.vipkeeper.observe.moves;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import io.vipkeeper.keeper.Observation.Path;
import io.vipkeeper.lease.LossReason;
import io.vipkeeper.vip.VirtualIp;

/**
 * One time of holding: how it began and, once it has, how it ended.
 *
 * @param at when the winning request was answered, by the wall clock: for people
 * @param from the holder before, empty when there was none; cut to a bearable length
 * @param silenceNanos as {@link Stage#SILENCE}; zero unless the path is EARLY
 * @param votesNanos as {@link Stage#VOTES}; zero unless the path is EARLY
 * @param swapNanos as {@link Stage#SWAP}
 * @param vips the addresses that were bound since, in the order of that
 */
public record Move(
        Instant at,
        String from,
        Path path,
        long silenceNanos,
        long votesNanos,
        long swapNanos,
        Map<VirtualIp, Arrival> vips,
        Optional<Loss> loss) {

    public Move {
        vips = Collections.unmodifiableMap(new LinkedHashMap<>(vips));
    }

    Move with(VirtualIp vip, Arrival arrival) {
        Map<VirtualIp, Arrival> now = new LinkedHashMap<>(vips);
        now.put(vip, arrival);
        return new Move(at, from, path, silenceNanos, votesNanos, swapNanos, now, loss);
    }

    Move ended(Loss end) {
        return new Move(at, from, path, silenceNanos, votesNanos, swapNanos, vips, Optional.of(end));
    }

    /**
     * How one address arrived.
     *
     * @param bindNanos as {@link Stage#BIND}
     * @param announceNanos as {@link Stage#ANNOUNCE}; empty until then
     */
    public record Arrival(long bindNanos, OptionalLong announceNanos) {}

    /**
     * How it ended.
     *
     * @param at by the wall clock: for people
     * @param heldNanos from the answer that began it until this node knew that it holds no longer
     */
    public record Loss(Instant at, LossReason reason, long heldNanos) {}
}
