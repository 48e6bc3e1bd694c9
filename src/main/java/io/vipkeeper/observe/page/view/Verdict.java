package io.vipkeeper.observe.page.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;

import io.vipkeeper.observe.Notable;

/** What is wrong, in one sentence; or that nothing is. */
@RegisterForReflection
public record Verdict(Level level, String sentence) {

    /** How much it matters. */
    public enum Level {
        WELL("✓"),
        LOOK("▲"),
        TROUBLE("✕");

        private final String mark;

        Level(String mark) {
            this.mark = mark;
        }

        /** Tells it without a colour. */
        String mark() {
            return mark;
        }
    }

    public String mark() {
        return level.mark();
    }

    /** The name for a style sheet. */
    public String style() {
        return level.name().toLowerCase(Locale.ROOT);
    }

    static Verdict of(JsonNode json, Instant now) {
        return stuck(json)
                .or(() -> unheld(json))
                .or(() -> unbound(json))
                .or(() -> hindered(json))
                .or(() -> claimed(json))
                .or(() -> alone(json))
                .or(() -> slow(json))
                .or(() -> expiring(json, now))
                .orElseGet(() -> well(json));
    }

    private static Optional<Verdict> stuck(JsonNode json) {
        return json.path("live").asBoolean(true)
                ? Optional.empty()
                : trouble("The keeper on this node has made no step for "
                        + Words.age(Duration.ofMillis(
                                json.path("millisSinceLastStep").asLong())) + ": all of this may be old.");
    }

    private static Optional<Verdict> unheld(JsonNode json) {
        boolean unheld = PageView.text(json, "role").equals("FOLLOWER")
                && PageView.text(json, "holder").isEmpty();
        String why = hindrances(json);
        return unheld
                ? trouble("Nobody holds, as far as this node knows"
                        + (why.isEmpty()
                                ? "; it should take over any moment."
                                : ", and it cannot take over: " + why + "."))
                : Optional.empty();
    }

    private static Optional<Verdict> unbound(JsonNode json) {
        String missing = PageView.Address.listOf(json).stream()
                .filter(vip -> !vip.bound())
                .map(PageView.Address::vip)
                .collect(Collectors.joining(" and "));
        return PageView.text(json, "role").equals("HOLDER") && !missing.isEmpty()
                ? trouble("This node holds, but " + missing + " is not on its interface.")
                : Optional.empty();
    }

    private static Optional<Verdict> hindered(JsonNode json) {
        boolean holds = PageView.text(json, "role").equals("HOLDER");
        String why = hindrances(json);
        return why.isEmpty()
                ? Optional.empty()
                : look(
                        holds
                                ? "This node holds, but: " + why + "."
                                : "This node could not take over now: " + why + ".");
    }

    private static Optional<Verdict> claimed(JsonNode json) {
        return json.path("troubles")
                .valueStream()
                .filter(trouble -> PageView.text(trouble, "kind").equals("FOREIGN_CLAIM"))
                .filter(trouble -> trouble.path("secondsAgo").asLong() <= Notable.RECENT_SECONDS)
                .findFirst()
                .flatMap(claim -> trouble(
                        "Another machine, " + PageView.text(claim, "what") + ", claims " + PageView.text(claim, "about")
                                + ": find it by that MAC address and remove the address there."));
    }

    private static Optional<Verdict> expiring(JsonNode json, Instant now) {
        String end = PageView.text(json, "certificateEnds");
        if (end.isEmpty()) {
            return Optional.empty();
        }
        Duration left = Duration.between(now, Instant.parse(end));
        return left.compareTo(Notable.CERTIFICATE) >= 0
                ? Optional.empty()
                : look("The certificate for the API server "
                        + (left.isNegative()
                                ? "ended " + Words.age(left.negated()) + " ago"
                                : "ends in " + Words.age(left))
                        + ": renew it with kubeadm certs renew all.");
    }

    private static Optional<Verdict> alone(JsonNode json) {
        String lost = peers(json, peer -> !peer.path("heard").asBoolean());
        String unready = peers(
                json,
                peer -> peer.path("heard").asBoolean() && !peer.path("ready").asBoolean());
        if (!lost.isEmpty()) {
            return look("This node is well, but hears nothing of " + lost
                    + (hasMajority(json)
                            ? "."
                            : ": without a majority there is no fast path, and a failover waits for the Lease."));
        }
        return unready.isEmpty()
                ? Optional.empty()
                : look("This node is well, but this could not take over now: " + unready + ".");
    }

    private static boolean hasMajority(JsonNode json) {
        long heard = json.path("peers")
                .valueStream()
                .filter(peer -> peer.path("heard").asBoolean())
                .count();
        return 2 * (heard + 1) > json.path("peers").size() + 1;
    }

    /** All are well, and yet; fewer than three candidates have no fast path to miss. */
    private static Optional<Verdict> slow(JsonNode json) {
        JsonNode fast = json.path("fast");
        return PageView.text(json, "role").equals("HOLDER")
                        && json.path("peers").size() >= 2
                        && fast.path("members").isEmpty()
                        && !fast.path("coming").asBoolean()
                ? look("This node holds, but no majority stands behind it: a failover would wait for the Lease;"
                        + " look at UDP between the candidates, and at vip_fast.")
                : Optional.empty();
    }

    /** The names of those. */
    private static String peers(JsonNode json, Predicate<JsonNode> which) {
        return json.path("peers")
                .valueStream()
                .filter(which)
                .map(peer -> PageView.text(peer, "node"))
                .sorted()
                .collect(Collectors.joining(" and "));
    }

    private static Verdict well(JsonNode json) {
        long ready = json.path("peers")
                .valueStream()
                .filter(peer -> peer.path("ready").asBoolean())
                .count();
        boolean holds = PageView.text(json, "role").equals("HOLDER");
        String others = ready == 1 ? "1 other candidate is ready" : ready + " other candidates are ready";
        return new Verdict(
                Level.WELL,
                "Nothing is wrong here: " + (holds ? others : "this node could take over")
                        + (json.path("fast").path("coming").asBoolean()
                                ? ", and the fast path is about to come."
                                : "."));
    }

    private static String hindrances(JsonNode json) {
        return json.path("hindrances")
                .valueStream()
                .map(hindrance -> Words.harmless(hindrance.asText()))
                .collect(Collectors.joining("; "));
    }

    private static Optional<Verdict> trouble(String sentence) {
        return Optional.of(new Verdict(Level.TROUBLE, sentence));
    }

    private static Optional<Verdict> look(String sentence) {
        return Optional.of(new Verdict(Level.LOOK, sentence));
    }
}
