package io.vipkeeper.observe.meters;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import io.vipkeeper.keeper.Observation.Path;
import io.vipkeeper.observe.moves.Stage;

/** How often the address came to this node, in which way, and how long the stages of that took. */
final class MoveMeters {
    /** A bind takes a millisecond, the silence of a plain takeover would take seconds. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(5), Duration.ofMillis(10),
        Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(200),
        Duration.ofMillis(300), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2),
        Duration.ofSeconds(5)
    };

    private final Map<Path, Counter> moves = new EnumMap<>(Path.class);
    private final Map<Stage, Timer> stages = new EnumMap<>(Stage.class);
    private final Counter heldOver;

    MoveMeters(MeterRegistry registry) {
        for (Path path : Path.values()) {
            moves.put(path, registry.counter("vipkeeper.moves", "path", path.name()));
        }
        for (Stage stage : Stage.values()) {
            stages.put(
                    stage,
                    Timer.builder("vipkeeper.move.stage")
                            .tag("stage", stage.name().toLowerCase(Locale.ROOT))
                            .serviceLevelObjectives(BUCKETS)
                            .register(registry));
        }
        heldOver = registry.counter("vipkeeper.held.over");
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
