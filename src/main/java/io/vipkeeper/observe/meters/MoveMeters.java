package io.vipkeeper.observe.meters;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;

import io.vipkeeper.keeper.Observation.Path;
import io.vipkeeper.observe.moves.Stage;

/** How often the address came to this node, in which way, and how long the stages of that took. */
final class MoveMeters {
    /** A bind takes a millisecond, the silence of a plain takeover would take seconds. */
    private static final List<Integer> BUCKETS = List.of(1, 2, 5, 10, 20, 50, 100, 200, 300, 500, 1000, 2000, 5000);

    private final Map<Path, Counter> moves = new EnumMap<>(Path.class);
    private final Map<Stage, Timer> stages = new EnumMap<>(Stage.class);
    private final Counter heldOver;

    MoveMeters(Series series) {
        for (Path path : Path.values()) {
            moves.put(path, series.counter(Metric.MOVES, path.name()));
        }
        for (Stage stage : Stage.values()) {
            stages.put(stage, series.timer(Metric.MOVE_STAGE, BUCKETS, Series.label(stage)));
        }
        heldOver = series.counter(Metric.HELD_OVER);
    }

    void moved(Path path) {
        moves.get(path).increment();
    }

    void took(Stage stage, long nanos) {
        stages.get(stage).record(nanos, TimeUnit.NANOSECONDS);
    }

    void heldOver() {
        heldOver.increment();
    }
}
