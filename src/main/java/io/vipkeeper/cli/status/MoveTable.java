package io.vipkeeper.cli.status;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;

import io.vipkeeper.cli.common.Columns;

/** The last moves with their stages, of one process or of several. */
final class MoveTable {
    private static final int MOST = 10;
    private static final int MOST_VIPS = 16;

    private final List<Entry> entries;

    /** @param to whose move it is */
    private record Entry(String to, JsonNode move) {
        String at() {
            return Told.text(move, "at");
        }
    }

    private MoveTable(List<Entry> entries) {
        this.entries = entries;
    }

    /** The newest first. */
    static MoveTable of(List<Told> processes) {
        return new MoveTable(processes.stream()
                .flatMap(
                        told -> Told.stream(told.json().path("moves"), 1_000).map(move -> new Entry(told.node(), move)))
                .sorted(Comparator.comparing(Entry::at).reversed())
                .toList());
    }

    List<String> lines() {
        if (entries.isEmpty()) {
            return List.of("no move since the start");
        }
        List<List<String>> rows = new ArrayList<>(List.of(
                List.of("move", "to", "from", "path", "silence", "votes", "swap", "bind", "announce", "ended")));
        entries.stream().limit(MOST).forEach(entry -> rows.add(row(entry)));
        List<String> lines = new ArrayList<>(Columns.of(rows));
        if (entries.size() > MOST) {
            lines.add("and " + (entries.size() - MOST) + " before; --output json shows all");
        }
        return lines;
    }

    /** Of several addresses the slowest. */
    private static List<String> row(Entry entry) {
        JsonNode move = entry.move();
        JsonNode stages = move.path("stages");
        String from = Told.text(move, "from");
        return List.of(
                entry.at(),
                entry.to(),
                from.isEmpty() ? "-" : from,
                Told.text(move, "path"),
                millis(stages.path("silence")),
                millis(stages.path("votes")),
                millis(stages.path("swap")),
                slowest(move.path("vips"), "bind"),
                slowest(move.path("vips"), "announce"),
                ended(move.path("lost")));
    }

    private static String ended(JsonNode lost) {
        if (lost.isMissingNode()) {
            return "no";
        }
        Duration held = Duration.ofMillis(lost.path("heldMillis").asLong());
        return Told.text(lost, "reason") + " after "
                + held.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    private static String slowest(JsonNode vips, String stage) {
        return Told.stream(vips, MOST_VIPS)
                .map(vip -> vip.path(stage))
                .filter(JsonNode::isNumber)
                .max((one, other) -> Double.compare(one.asDouble(), other.asDouble()))
                .map(MoveTable::millis)
                .orElse("-");
    }

    private static String millis(JsonNode value) {
        if (!value.isNumber()) {
            return "-";
        }
        double millis = value.asDouble();
        return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
    }
}
