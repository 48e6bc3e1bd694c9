package io.vipkeeper.observe.page.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;

import io.vipkeeper.keeper.Observation.Path;
import io.vipkeeper.lease.LossReason;
import io.vipkeeper.observe.moves.Wording;

/**
 * Something on the time line.
 *
 * @param id the same for the same entry
 * @param at for machines
 * @param time for people
 * @param who holds from then on
 * @param why and after whom
 * @param took until the last stage had ended; empty when this node does not know
 * @param stages of a move to this node, empty for others
 * @param end how the holding ended, empty while it lasts
 */
@RegisterForReflection
public record Entry(
        String id, String at, String time, String who, String why, String took, List<Stage> stages, String end) {
    private static final int MOST = 12;

    /** The newest first. */
    static List<Entry> listOf(JsonNode json, Instant now) {
        String node = PageView.text(json, "node");
        Stream<Entry> moves = json.path("moves").valueStream().map(move -> moved(node, move, now));
        Stream<Entry> others = json.path("holders")
                .valueStream()
                .filter(seen -> !PageView.text(seen, "holder").equals(node))
                .map(seen -> seen(seen, now));
        return Stream.concat(moves, others)
                .sorted(Comparator.comparing((Entry entry) -> Instant.parse(entry.at))
                        .reversed())
                .limit(MOST)
                .toList();
    }

    private static Entry moved(String node, JsonNode move, Instant now) {
        String from = PageView.text(move, "from");
        String why = Wording.why(Path.valueOf(move.path("path").asText()));
        List<Stage> stages = Stage.listOf(move);
        return new Entry(
                id("move", move),
                PageView.text(move, "at"),
                time(move, now),
                node,
                from.isEmpty() || from.equals(node) ? why : "after " + from + ": " + why,
                Words.millis(stages.stream().mapToDouble(Stage::ends).max().orElse(0)),
                stages,
                move.has("lost") ? end(move.path("lost"), now) : "");
    }

    private static String end(JsonNode lost, Instant now) {
        String why = Wording.why(LossReason.valueOf(lost.path("reason").asText()));
        return "Held for "
                + Words.age(Duration.ofMillis(lost.path("heldMillis").asLong())) + ", until " + time(lost, now) + ": "
                + why + ".";
    }

    private static Entry seen(JsonNode seen, Instant now) {
        String holder = PageView.text(seen, "holder");
        return new Entry(
                id("seen", seen),
                PageView.text(seen, "at"),
                time(seen, now),
                holder.isEmpty() ? "nobody" : holder,
                "as seen from here",
                "",
                List.of(),
                "");
    }

    private static String id(String kind, JsonNode entry) {
        return kind + "-" + Instant.parse(entry.path("at").asText()).toEpochMilli();
    }

    private static String time(JsonNode entry, Instant now) {
        return Words.time(Instant.parse(entry.path("at").asText()), now);
    }
}
