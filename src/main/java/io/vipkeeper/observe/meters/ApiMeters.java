package io.vipkeeper.observe.meters;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Timer;

/** How the API servers answer; each has its series from the first question on. */
final class ApiMeters {
    /** The configured server and three of other control planes; any further ones share a series. */
    private static final int MOST_ENDPOINTS = 4;

    private final Series series;
    private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();

    /** What became of a question. */
    private enum Outcome {
        /** By a server that serves, whatever it says. */
        ANSWERED,
        /** 401, 403 or 429. */
        REFUSED,
        /** 5xx. */
        FAILED,
        /** No whole answer in time. */
        SILENT;

        static Outcome of(int status) {
            return switch (status) {
                case 0 -> SILENT;
                case 401, 403, 429 -> REFUSED;
                default -> status < 500 ? ANSWERED : FAILED;
            };
        }
    }

    ApiMeters(Series series) {
        this.series = series;
    }

    /** From any thread. */
    void asked(String endpoint, int status, long nanos) {
        boolean fits = endpoints.containsKey(endpoint) || endpoints.size() < MOST_ENDPOINTS;
        endpoints.computeIfAbsent(fits ? endpoint : "others", Endpoint::new).asked(Outcome.of(status), nanos);
    }

    private final class Endpoint {
        private final Map<Outcome, Timer> timers = new EnumMap<>(Outcome.class);
        private volatile boolean up;

        Endpoint(String name) {
            for (Outcome outcome : Outcome.values()) {
                String value = Series.label(outcome);
                timers.put(outcome, series.timer(Metric.API_REQUEST, Series.REQUEST_BUCKETS, name, value));
            }
            series.gauge(Metric.API_UP, () -> Series.number(up), name);
        }

        void asked(Outcome outcome, long nanos) {
            up = outcome == Outcome.ANSWERED || outcome == Outcome.REFUSED;
            timers.get(outcome).record(nanos, TimeUnit.NANOSECONDS);
        }
    }
}
