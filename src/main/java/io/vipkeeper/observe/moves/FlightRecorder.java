package io.vipkeeper.observe.moves;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ObjLongConsumer;
import java.util.function.UnaryOperator;

import io.vipkeeper.keeper.Observation;
import io.vipkeeper.keeper.Observation.BecameHolder;
import io.vipkeeper.keeper.Observation.HolderChanged;
import io.vipkeeper.keeper.Observation.LostHolding;
import io.vipkeeper.keeper.Observation.Path;
import io.vipkeeper.keeper.Observation.VipAnnounced;
import io.vipkeeper.keeper.Observation.VipBound;
import io.vipkeeper.keeper.Observer;
import io.vipkeeper.observe.moves.Move.Arrival;

/**
 * Keeps the last moves of the address to this node. Told on the observers' thread, which it never makes wait; read from
 * any.
 */
public final class FlightRecorder implements Observer {

    /** Older moves are forgotten. */
    public static final int CAPACITY = 100;

    private final InstantSource wallClock;
    private final ObjLongConsumer<Stage> stages;
    private volatile List<Move> moves = List.of();
    private volatile Optional<Instant> holderSince = Optional.empty();

    /** When the newest move began; on the observers' thread only. */
    private long heldSinceNanos;

    /**
     * @param wallClock for people
     * @param stages told how long each stage took, in nanoseconds, on the observers' thread
     */
    public FlightRecorder(InstantSource wallClock, ObjLongConsumer<Stage> stages) {
        this.wallClock = wallClock;
        this.stages = stages;
    }

    /** The newest first. */
    public List<Move> moves() {
        return moves;
    }

    /** Since when this node knows the present holder; empty while it knows none. */
    public Optional<Instant> holderSince() {
        return holderSince;
    }

    @Override
    public void observed(Observation observation, long atNanos) {
        switch (observation) {
            case BecameHolder won -> begin(won, atNanos);
            case VipBound bound -> bound(bound, atNanos);
            case VipAnnounced announced -> announced(announced, atNanos);
            case LostHolding lost -> lost(lost, atNanos);
            case HolderChanged changed ->
                holderSince = changed.holder().isEmpty() ? Optional.empty() : Optional.of(wallClock.instant());
            // Nothing of a move.
            case Observation.RequestFailed other -> {}
            case Observation.ConflictMet other -> {}
            case Observation.Renewed other -> {}
            case Observation.TwinSeen other -> {}
            case Observation.AbsurdLease other -> {}
            case Observation.VipUnbound other -> {}
            case Observation.KernelRefused other -> {}
            case Observation.ForeignClaim other -> {}
            case Observation.Provisional other -> {}
            case Observation.VipForbidden other -> {}
            case Observation.LinkTurned other -> {}
            case Observation.FastTurned other -> {}
            case Observation.HeldOver other -> {}
            case Observation.FenceTurned other -> {}
            case Observation.LocalApiTurned other -> {}
            case Observation.PeerTurned other -> {}
        }
    }

    private void begin(BecameHolder won, long atNanos) {
        heldSinceNanos = atNanos;
        if (won.path() == Path.EARLY) {
            stages.accept(Stage.SILENCE, won.silenceNanos());
            stages.accept(Stage.VOTES, won.votesNanos());
        }
        stages.accept(Stage.SWAP, won.elapsedNanos());
        String from = HolderName.cut(won.from());
        List<Move> now = new ArrayList<>(moves.subList(0, Math.min(moves.size(), CAPACITY - 1)));
        now.addFirst(new Move(
                wallClock.instant(),
                from,
                won.path(),
                won.silenceNanos(),
                won.votesNanos(),
                won.elapsedNanos(),
                Map.of(),
                Optional.empty()));
        moves = List.copyOf(now);
    }

    /** Only the first bind is a stage of the move; a later one mends what somebody took away. */
    private void bound(VipBound bound, long atNanos) {
        current().filter(move -> !move.vips().containsKey(bound.vip())).ifPresent(move -> {
            long took = atNanos - heldSinceNanos;
            stages.accept(Stage.BIND, took);
            change(latest -> latest.with(bound.vip(), new Arrival(took, OptionalLong.empty())));
        });
    }

    private void announced(VipAnnounced announced, long atNanos) {
        Optional<Arrival> arrival =
                current().flatMap(move -> Optional.ofNullable(move.vips().get(announced.vip())));
        arrival.filter(bound -> bound.announceNanos().isEmpty()).ifPresent(bound -> {
            long took = atNanos - heldSinceNanos - bound.bindNanos();
            stages.accept(Stage.ANNOUNCE, took);
            change(latest -> latest.with(announced.vip(), new Arrival(bound.bindNanos(), OptionalLong.of(took))));
        });
    }

    private void lost(LostHolding lost, long atNanos) {
        if (current().isPresent()) {
            long held = atNanos - heldSinceNanos;
            change(latest -> latest.ended(new Move.Loss(wallClock.instant(), lost.reason(), held)));
        }
    }

    /** The move that has not ended. */
    private Optional<Move> current() {
        return moves.stream().findFirst().filter(move -> move.loss().isEmpty());
    }

    private void change(UnaryOperator<Move> change) {
        List<Move> now = new ArrayList<>(moves);
        now.set(0, change.apply(now.getFirst()));
        moves = List.copyOf(now);
    }
}
