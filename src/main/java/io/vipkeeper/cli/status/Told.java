package io.vipkeeper.cli.status;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

import io.vipkeeper.cli.common.Printable;

/** One process's status document. Whatever answers there may be another program: nothing of it is taken on trust. */
record Told(JsonNode json) {
    private static final int MOST = 16;

    /** Another candidate, as this process knows it. */
    record Peer(String node, boolean heard, boolean ready) {}

    /** As {@link io.vipkeeper.observe.status.Lately} has it. */
    record Trouble(String kind, String about, String what, long secondsAgo) {}

    String node() {
        return text(json, "node");
    }

    String version() {
        return text(json, "version");
    }

    String lease() {
        return text(json, "lease");
    }

    String role() {
        return text(json, "role");
    }

    boolean holds() {
        return role().equals("HOLDER");
    }

    String holder() {
        return text(json, "holder");
    }

    boolean live() {
        return json.path("live").asBoolean();
    }

    long millisSinceLastStep() {
        return json.path("millisSinceLastStep").asLong();
    }

    List<String> hindrances() {
        return texts(json.path("hindrances"));
    }

    /** Whose majority limits this holder; empty for a follower, and by the plain rules. */
    List<String> members() {
        return texts(json.path("fast").path("members"));
    }

    /** Whether a holder is only about to have those. */
    boolean fastIsComing() {
        return json.path("fast").path("coming").asBoolean();
    }

    String fence() {
        return text(json.path("fence"), "kind");
    }

    String fenceWhy() {
        return text(json.path("fence"), "why");
    }

    String nic() {
        return text(json.path("interface"), "name");
    }

    Optional<Instant> certificateEnds() {
        return Clocks.instant(json.path("certificateEnds").asText());
    }

    /** The addresses that are on here, or those that are not. */
    List<String> vips(boolean bound) {
        return stream(json.path("vips"), MOST)
                .filter(vip -> vip.path("bound").asBoolean() == bound)
                .map(vip -> text(vip, "vip"))
                .toList();
    }

    List<Peer> peers() {
        return stream(json.path("peers"), MOST)
                .map(peer -> new Peer(
                        text(peer, "node"),
                        peer.path("heard").asBoolean(),
                        peer.path("ready").asBoolean()))
                .toList();
    }

    Optional<Peer> peer(String node) {
        return peers().stream().filter(peer -> peer.node().equals(node)).findFirst();
    }

    /** Those of this kind that were seen in the last seconds, the newest first. */
    List<Trouble> troubles(String kind, long seconds) {
        return stream(json.path("troubles"), MOST)
                .map(trouble -> new Trouble(
                        text(trouble, "kind"),
                        text(trouble, "about"),
                        text(trouble, "what"),
                        trouble.path("secondsAgo").asLong()))
                .filter(trouble -> trouble.kind().equals(kind) && trouble.secondsAgo() <= seconds)
                .toList();
    }

    private static List<String> texts(JsonNode array) {
        return stream(array, MOST).map(JsonNode::asText).map(Printable::of).toList();
    }

    static Stream<JsonNode> stream(JsonNode array, int most) {
        return StreamSupport.stream(array.spliterator(), false).limit(most);
    }

    static String text(JsonNode node, String field) {
        return Printable.of(node.path(field).asText());
    }
}
