package io.vipkeeper.cli.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;

import io.vipkeeper.cli.common.Columns;

/** One process's status document for people. */
public final class ProcessText {
    private static final int MOST_PEERS = 16;

    private ProcessText() {}

    /** A page of them at most. */
    public static List<String> lines(JsonNode status) {
        List<List<String>> facts = new ArrayList<>();
        String holder = Told.text(status, "holder");
        facts.add(List.of(
                "holder",
                holder.isEmpty()
                        ? "nobody"
                        : holder + (status.has("holderSince") ? ", since " + Told.text(status, "holderSince") : "")));
        facts.add(List.of("node", node(status)));
        status.path("vips")
                .forEach(vip -> facts.add(List.of(
                        "address",
                        Told.text(vip, "vip")
                                + (vip.path("bound").asBoolean() ? ", on " : ", not on ")
                                + Told.text(status.path("interface"), "name"))));
        facts.add(List.of("fence", fence(status.path("fence"))));
        facts.add(List.of("fast path", fast(new Told(status))));
        facts.add(List.of("API", api(status.path("api"))));
        List<String> lines = new ArrayList<>(Columns.of(facts));
        lines.addAll(candidates(status.path("peers")));
        lines.add("");
        lines.addAll(MoveTable.of(List.of(new Told(status))).lines());
        return lines;
    }

    private static String node(JsonNode status) {
        String ends = status.has("rightRemainingMillis")
                ? ", its right lasts " + status.path("rightRemainingMillis").asLong() + " ms more"
                : "";
        return Told.text(status, "node") + ", " + Told.text(status, "role").toLowerCase(Locale.ROOT) + ends
                + ", vipkeeper " + Told.text(status, "version") + ", Lease " + Told.text(status, "lease");
    }

    private static String fence(JsonNode fence) {
        String why = Told.text(fence, "why");
        return Told.text(fence, "kind") + (why.isEmpty() ? "" : ": " + why);
    }

    private static String fast(Told told) {
        String promised = Told.text(told.json().path("fast"), "promisedTo");
        return promised.isEmpty() ? PictureText.fast(told) : "on, this node stands behind " + promised;
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
        Told.stream(peers, MOST_PEERS).forEach(peer -> {
            long promise = peer.path("promiseRemainingMillis").asLong();
            rows.add(List.of(
                    Told.text(peer, "node"),
                    peer.path("heard").asBoolean() ? "yes" : "no",
                    peer.path("ready").asBoolean() ? "yes" : "no",
                    Long.toString(peer.path("weight").asLong()),
                    promise > 0 ? promise + " ms" : "-"));
        });
        List<String> lines = new ArrayList<>(List.of(""));
        lines.addAll(Columns.of(rows));
        return lines;
    }
}
