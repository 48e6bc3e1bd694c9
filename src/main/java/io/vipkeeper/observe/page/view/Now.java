package io.vipkeeper.observe.page.view;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Who holds.
 *
 * @param subject whom the headline is about
 * @param verb and what they do, with a space before the addresses
 * @param vips the addresses, as the headline ends with them
 * @param here whether that is this node
 * @param at since when, for machines; empty when unknown
 * @param since the same for people
 */
@RegisterForReflection
public record Now(
        String subject, String verb, String vips, boolean here, String at, String since, String age, Verdict verdict) {

    static Now starting() {
        return new Now(
                "This node",
                "has not begun yet",
                "",
                false,
                "",
                "",
                "",
                new Verdict(Verdict.Level.LOOK, "The keeper has made no step so far."));
    }

    static Now of(JsonNode json, Instant now) {
        String role = PageView.text(json, "role");
        String node = PageView.text(json, "node");
        String holder = PageView.text(json, "holder");
        String vips = PageView.Address.listOf(json).stream()
                .map(PageView.Address::vip)
                .collect(Collectors.joining(" and "));
        boolean here = !role.equals("FOLLOWER");
        String subject = here ? node : holder.isEmpty() ? "Nobody" : holder;
        String at = here && !role.equals("HOLDER") ? "" : PageView.text(json, "holderSince");
        Instant since = at.isEmpty() ? now : Instant.parse(at);
        return new Now(
                subject,
                verb(role),
                vips,
                here,
                at,
                Words.time(since, now),
                Words.age(Duration.between(since, now)),
                Verdict.of(json, now));
    }

    private static String verb(String role) {
        return switch (role) {
            case "PROVISIONAL" -> "answers, before any election, for";
            case "LEAVING" -> "is giving up";
            case "STOPPING" -> "is ending; it had been asked to keep";
            default -> "holds";
        };
    }

    /** In one line, for the title of a window. */
    public String title() {
        return verdict.mark() + " " + (subject + " " + verb + " " + vips).strip() + " · vipkeeper";
    }
}
