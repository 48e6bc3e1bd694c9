package io.vipkeeper.observe.meters;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import io.vipkeeper.keeper.KeeperStatus;
import io.vipkeeper.keeper.KeeperStatus.Role;
import io.vipkeeper.observe.KeeperView;

/** Makes the series of the catalogue; the values of the labels are given in its order. */
final class Series {
    /** The upper bounds of the buckets for a question to an API server, in milliseconds. */
    static final List<Integer> REQUEST_BUCKETS = List.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000);

    private final MeterRegistry registry;
    private final KeeperView view;

    /** The registry refers to a counter's source weakly. */
    private final List<LongSupplier> kept = new ArrayList<>();

    /** A number of seconds at a moment of the pipeline's clock. */
    @FunctionalInterface
    interface Seconds {
        double of(KeeperStatus status, long nowNanos);
    }

    Series(MeterRegistry registry, KeeperView view) {
        this.registry = registry;
        this.view = view;
    }

    /** A label's value. */
    static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static boolean holds(KeeperStatus status) {
        return status.role() == Role.HOLDER;
    }

    static double number(boolean value) {
        return value ? 1 : 0;
    }

    /** 1 or 0, and 0 before the keeper's first step. */
    void status(Metric metric, Predicate<KeeperStatus> holds, String... values) {
        gauge(
                metric,
                () -> number(view.running()
                        .flatMap(KeeperView.Running::status)
                        .filter(holds)
                        .isPresent()),
                values);
    }

    /** Seconds, and no number before the keeper's first step. */
    void seconds(Metric metric, Seconds seconds, String... values) {
        gauge(metric, () -> read(seconds), values);
    }

    /** No number before the keeper's first step. */
    double read(Seconds seconds) {
        return view.running()
                .flatMap(running -> running.status()
                        .map(status -> seconds.of(status, running.nanoClock().getAsLong())))
                .orElse(Double.NaN);
    }

    void gauge(Metric metric, DoubleSupplier value, String... values) {
        // The registry holds this function, so the supplier needs no other owner.
        Supplier<Number> reading = value::getAsDouble;
        Gauge.builder(metric.exposed(), reading)
                .tags(tags(metric, values))
                .description(metric.meaning())
                .strongReference(true)
                .register(registry);
    }

    /** A gauge whose series come and go. */
    MultiGauge rows(Metric metric) {
        return MultiGauge.builder(metric.exposed())
                .description(metric.meaning())
                .register(registry);
    }

    Counter counter(Metric metric, String... values) {
        return Counter.builder(metric.exposed())
                .tags(tags(metric, values))
                .description(metric.meaning())
                .register(registry);
    }

    /** Of what somebody else counts, from zero and never less than before. */
    void count(Metric metric, LongSupplier value, String... values) {
        kept.add(value);
        FunctionCounter.builder(metric.exposed(), value, LongSupplier::getAsLong)
                .tags(tags(metric, values))
                .description(metric.meaning())
                .register(registry);
    }

    /** @param millis the upper bounds of the buckets */
    Timer timer(Metric metric, List<Integer> millis, String... values) {
        return Timer.builder(metric.exposed())
                .tags(tags(metric, values))
                .description(metric.meaning())
                .serviceLevelObjectives(millis.stream().map(Duration::ofMillis).toArray(Duration[]::new))
                .register(registry);
    }

    static Tags tags(Metric metric, String... values) {
        if (values.length != metric.labels().size()) {
            throw new IllegalArgumentException(metric + " has the labels " + metric.labels());
        }
        Tags tags = Tags.empty();
        for (int i = 0; i < values.length; i++) {
            tags = tags.and(metric.labels().get(i), values[i]);
        }
        return tags;
    }
}
