package io.vipkeeper.observe.page.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A node that takes part.
 *
 * @param mark what stands for its state, beside the word
 * @param state in a word or two
 * @param style of the state, as {@link Verdict#style}
 * @param promise how long its promise to this node still counts; empty when it gave none
 * @param share of that in a whole promise, in percent
 */
@RegisterForReflection
public record Candidate(
        String name,
        boolean here,
        boolean holds,
        String mark,
        String state,
        String style,
        String weight,
        String promise,
        int share) {

    /** A holder that takes no part in the fast path is among them. */
    static List<Candidate> listOf(JsonNode json) {
        String node = PageView.text(json, "node");
        String role = PageView.text(json, "role");
        String holder = role.equals("HOLDER") ? node : PageView.text(json, "holder");
        String whole = json.path("settings").path("vip_fastgrant").asText("250");
        List<Candidate> all = new ArrayList<>();
        all.add(self(json, node, node.equals(holder)));
        json.path("peers").valueStream().map(peer -> peer(peer, holder, whole)).forEach(all::add);
        if (!holder.isEmpty() && all.stream().noneMatch(Candidate::holds)) {
            all.add(new Candidate(
                    holder, false, true, Verdict.Level.LOOK.mark(), "not among the candidates", "look", "", "", 0));
        }
        all.sort(Comparator.comparing(Candidate::name));
        return all;
    }

    private static Candidate self(JsonNode json, String node, boolean holds) {
        boolean ready = json.path("couldHold").asBoolean();
        String weight = json.path("settings").path("vip_weight").asText("");
        return new Candidate(
                node, true, holds, mark(ready), ready ? "ready" : "not ready", style(ready), weight, "", 0);
    }

    private static Candidate peer(JsonNode peer, String holder, String whole) {
        String name = PageView.text(peer, "node");
        boolean heard = peer.path("heard").asBoolean();
        boolean ready = peer.path("ready").asBoolean();
        long remaining = peer.path("promiseRemainingMillis").asLong();
        long share =
                Math.min(100, 100 * remaining / Math.max(1, whole.matches("\\d{1,9}") ? Long.parseLong(whole) : 0));
        return new Candidate(
                name,
                false,
                name.equals(holder),
                heard ? mark(ready) : Verdict.Level.TROUBLE.mark(),
                heard ? ready ? "ready" : "not ready" : "not heard",
                heard ? style(ready) : "trouble",
                peer.path("weight").asText(),
                remaining > 0 ? Words.millis(remaining) : "",
                (int) share);
    }

    private static String mark(boolean ready) {
        return ready ? Verdict.Level.WELL.mark() : Verdict.Level.LOOK.mark();
    }

    private static String style(boolean ready) {
        return ready ? "well" : "look";
    }
}
