package io.vipkeeper.observe.meters;

import java.time.Duration;
import java.util.function.Predicate;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import io.vipkeeper.keeper.KeeperStatus;
import io.vipkeeper.keeper.KeeperStatus.Role;
import io.vipkeeper.observe.KeeperView;

/** Makes the series that follow the keeper. */
final class Series {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(25), Duration.ofMillis(50),
        Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1),
        Duration.ofMillis(2500), Duration.ofSeconds(5)
    };

    private final MeterRegistry registry;
    private final KeeperView view;

    /** A number of seconds at a moment of the pipeline's clock. */
    @FunctionalInterface
    interface Seconds {
        double of(KeeperStatus status, long nowNanos);
    }

    Series(MeterRegistry registry, KeeperView view) {
        this.registry = registry;
        this.view = view;
    }

    KeeperView view() {
        return view;
    }

    static boolean holds(KeeperStatus status) {
        return status.role() == Role.HOLDER;
    }

    static double number(boolean value) {
        return value ? 1 : 0;
    }

    /** 1 or 0, and 0 before the keeper's first step. */
    void status(String name, Tags tags, Predicate<KeeperStatus> holds) {
        Gauge.builder(
                        name,
                        view,
                        shown -> number(shown.running()
                                .flatMap(KeeperView.Running::status)
                                .filter(holds)
                                .isPresent()))
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    /** Seconds, and no number before the keeper's first step. */
    void seconds(String name, String description, Seconds seconds) {
        Gauge.builder(name, view, shown -> read(shown, seconds, Double.NaN))
                .description(description)
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
    }

    static double read(KeeperView view, Seconds seconds, double otherwise) {
        return view.running()
                .flatMap(running -> running.status()
                        .map(status -> seconds.of(status, running.nanoClock().getAsLong())))
                .orElse(otherwise);
    }

    Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
