package io.vipkeeper.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

import io.vipkeeper.cli.common.Columns;
import io.vipkeeper.cli.common.Printable;

/** A status document for people. Whatever answers there may be another program: nothing of it is taken on trust. */
final class StatusText {
    private static final int MOST_MOVES = 10;
    private static final int MOST_PEERS = 16;

    private StatusText() {}

    static List<String> lines(JsonNode status) {
        List<List<String>> facts = new ArrayList<>();
        String holder = text(status, "holder");
        facts.add(List.of(
                "holder",
                holder.isEmpty()
                        ? "nobody"
                        : holder + (status.has("holderSince") ? ", since " + text(status, "holderSince") : "")));
        facts.add(List.of("node", node(status)));
        status.path("vips")
                .forEach(vip -> facts.add(List.of(
                        "address",
                        text(vip, "vip")
                                + (vip.path("bound").asBoolean() ? ", on " : ", not on ")
                                + text(status.path("interface"), "name"))));
        facts.add(List.of("fence", fence(status.path("fence"))));
        facts.add(List.of("fast path", fast(status.path("fast"))));
        facts.add(List.of("API", api(status.path("api"))));
        List<String> lines = new ArrayList<>(Columns.of(facts));
        lines.addAll(candidates(status.path("peers")));
        lines.addAll(moves(status.path("moves")));
        return lines;
    }

    /** What is wrong, one sentence; empty when nothing is. */
    static Optional<String> trouble(JsonNode status) {
        if (!status.path("live").asBoolean()) {
            return Optional.of("the pipeline of this node has made no step for "
                    + status.path("millisSinceLastStep").asLong() + " ms: it hangs");
        }
        List<String> hindrances = texts(status.path("hindrances"));
        if (!hindrances.isEmpty()) {
            return Optional.of("this node could not take over now: " + String.join("; ", hindrances));
        }
        return text(status, "holder").isEmpty() ? Optional.of("nobody holds the address") : Optional.empty();
    }

    private static String node(JsonNode status) {
        String ends = status.has("rightRemainingMillis")
                ? ", its right lasts " + status.path("rightRemainingMillis").asLong() + " ms more"
                : "";
        return text(status, "node") + ", " + text(status, "role").toLowerCase(Locale.ROOT) + ends + ", vipkeeper "
                + text(status, "version") + ", Lease " + text(status, "lease");
    }

    private static String fence(JsonNode fence) {
        String why = text(fence, "why");
        return text(fence, "kind") + (why.isEmpty() ? "" : ": " + why);
    }

    private static String fast(JsonNode fast) {
        List<String> members = texts(fast.path("members"));
        String promised = text(fast, "promisedTo");
        if (!members.isEmpty()) {
            return "on, with " + String.join(", ", members);
        }
        return promised.isEmpty() ? "off: the Lease alone decides" : "on, this node stands behind " + promised;
    }

    private static String api(JsonNode api) {
        return (api.path("answers").asBoolean() ? "answers" : "gives no usable answer")
                + (api.path("localReady").asBoolean() ? "" : "; the server of this node is unwell");
    }

    private static List<String> candidates(JsonNode peers) {
        if (peers.isEmpty()) {
            return List.of();
        }
        List<List<String>> rows = new ArrayList<>(List.of(List.of("candidate", "heard", "ready", "weight", "promise")));
        stream(peers, MOST_PEERS).forEach(peer -> {
            long promise = peer.path("promiseRemainingMillis").asLong();
            rows.add(List.of(
                    text(peer, "node"),
                    peer.path("heard").asBoolean() ? "yes" : "no",
                    peer.path("ready").asBoolean() ? "yes" : "no",
                    Long.toString(peer.path("weight").asLong()),
                    promise > 0 ? promise + " ms" : "-"));
        });
        List<String> lines = new ArrayList<>(List.of(""));
        lines.addAll(Columns.of(rows));
        return lines;
    }

    private static List<String> moves(JsonNode moves) {
        if (moves.isEmpty()) {
            return List.of("", "no move to this node since its start");
        }
        List<List<String>> rows = new ArrayList<>(List.of(List.of(
                "moves to this node", "path", "from", "silence", "votes", "swap", "bind", "announce", "ended")));
        stream(moves, MOST_MOVES).forEach(move -> rows.add(move(move)));
        List<String> lines = new ArrayList<>(List.of(""));
        lines.addAll(Columns.of(rows));
        if (moves.size() > MOST_MOVES) {
            lines.add("and " + (moves.size() - MOST_MOVES) + " before; --output json shows all");
        }
        return lines;
    }

    /** Of several addresses the slowest. */
    private static List<String> move(JsonNode move) {
        JsonNode stages = move.path("stages");
        String from = text(move, "from");
        JsonNode lost = move.path("lost");
        return List.of(
                text(move, "at"),
                text(move, "path"),
                from.isEmpty() ? "-" : from,
                millis(stages.path("silence")),
                millis(stages.path("votes")),
                millis(stages.path("swap")),
                slowest(move.path("vips"), "bind"),
                slowest(move.path("vips"), "announce"),
                lost.isMissingNode()
                        ? "no"
                        : text(lost, "reason") + " after "
                                + Duration.ofMillis(lost.path("heldMillis").asLong())
                                        .toString()
                                        .substring(2)
                                        .toLowerCase(Locale.ROOT));
    }

    private static String slowest(JsonNode vips, String stage) {
        return stream(vips, MOST_PEERS)
                .map(vip -> vip.path(stage))
                .filter(JsonNode::isNumber)
                .max((one, other) -> Double.compare(one.asDouble(), other.asDouble()))
                .map(StatusText::millis)
                .orElse("-");
    }

    private static String millis(JsonNode value) {
        if (!value.isNumber()) {
            return "-";
        }
        double millis = value.asDouble();
        return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
    }

    private static List<String> texts(JsonNode array) {
        return stream(array, MOST_PEERS)
                .map(JsonNode::asText)
                .map(Printable::of)
                .toList();
    }

    private static Stream<JsonNode> stream(JsonNode array, int most) {
        return StreamSupport.stream(array.spliterator(), false).limit(most);
    }

    private static String text(JsonNode node, String field) {
        return Printable.of(node.path(field).asText());
    }
}
