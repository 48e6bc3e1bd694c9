package io.vipkeeper.observe.page.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * An API server and how long its latest answers took, drawn on a field of {@link #WIDTH} by {@link #HEIGHT}.
 *
 * @param line the points of the answers that were one
 * @param failures where the others are, in the field's units from the left
 * @param middle the median
 * @param scale what the field's height stands for
 */
@RegisterForReflection
public record Server(
        String name, String line, List<String> failures, int asked, String middle, String worst, String scale) {
    public static final int WIDTH = 240;
    public static final int HEIGHT = 40;

    /** The newest is always at the right edge. */
    private static final int PLACES = 60;

    private static final double[] SCALES = {5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000};

    static List<Server> listOf(JsonNode json) {
        return json.path("requests").valueStream().map(Server::of).toList();
    }

    private static Server of(JsonNode json) {
        List<Double> took = new ArrayList<>();
        json.path("millis").forEach(millis -> took.add(millis.asDouble()));
        List<Boolean> failed = new ArrayList<>();
        json.path("statuses").forEach(status -> failed.add(status.asInt() == 0 || status.asInt() >= 500));
        int asked = Math.min(took.size(), failed.size());
        double[] good = IntStream.range(0, asked)
                .filter(i -> !failed.get(i))
                .mapToDouble(took::get)
                .sorted()
                .toArray();
        double scale = scale(good.length == 0 ? 0 : good[good.length - 1]);
        StringJoiner line = new StringJoiner(" ");
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < asked; i++) {
            String x = number(WIDTH - (asked - 1 - i) * (double) WIDTH / (PLACES - 1));
            if (failed.get(i)) {
                failures.add(x);
            } else {
                line.add(x + "," + number(HEIGHT * (1 - Math.min(1, took.get(i) / scale))));
            }
        }
        return new Server(
                PageView.text(json, "server"),
                line.toString(),
                failures,
                asked,
                good.length == 0 ? "none" : Words.millis(good[good.length / 2]),
                good.length == 0 ? "none" : Words.millis(good[good.length - 1]),
                Words.millis(scale));
    }

    private static double scale(double most) {
        return DoubleStream.of(SCALES)
                .filter(scale -> most <= scale)
                .findFirst()
                .orElse(most);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
