package io.vipkeeper.observe.page.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A part of a move, as a bar on the scale of the whole.
 *
 * @param meaning for people
 * @param left where its bar begins, in percent of the move
 * @param width at least so much that one sees it
 * @param ends when it ended, in milliseconds from the beginning of the move
 */
@RegisterForReflection
public record Stage(String name, String meaning, String took, String left, String width, double ends) {
    private static final double THINNEST = 0.8;

    private record Part(String name, String meaning, double begins, double took) {}

    static List<Stage> listOf(JsonNode move) {
        List<Part> parts = new ArrayList<>();
        JsonNode stages = move.path("stages");
        double clock = 0;
        for (Known known : Known.values()) {
            String name = known.name().toLowerCase(Locale.ROOT);
            if (stages.has(name)) {
                double took = stages.path(name).asDouble();
                parts.add(new Part(name, known.meaning, clock, took));
                clock += took;
            }
        }
        for (JsonNode vip : move.path("vips")) {
            String address = PageView.text(vip, "vip");
            double bind = vip.path("bind").asDouble();
            parts.add(new Part("bind", address + " is on the interface", clock, bind));
            if (vip.has("announce")) {
                String meaning = "the neighbours of " + address + " are told";
                parts.add(new Part(
                        "announce", meaning, clock + bind, vip.path("announce").asDouble()));
            }
        }
        double whole = Math.max(
                0.001,
                parts.stream()
                        .mapToDouble(part -> part.begins + part.took)
                        .max()
                        .orElse(0));
        return parts.stream().map(part -> drawn(part, whole)).toList();
    }

    private static Stage drawn(Part part, double whole) {
        double width = Math.max(THINNEST, 100 * part.took / whole);
        double left = Math.min(100 * part.begins / whole, 100 - width);
        return new Stage(
                part.name,
                part.meaning,
                Words.millis(part.took),
                percent(left),
                percent(width),
                part.begins + part.took);
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** In the order of time. */
    private enum Known {
        SILENCE("the holder was not heard"),
        VOTES("the other candidates agreed"),
        SWAP("the Lease was written");

        private final String meaning;

        Known(String meaning) {
            this.meaning = meaning;
        }
    }
}
