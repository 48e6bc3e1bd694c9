package io.vipkeeper.observe.page.view;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Everything that the page shows; the template reads it by the names of its parts.
 *
 * @param where which process this is, empty before the first step
 * @param guard what else keeps the address safe, each in one line
 */
@RegisterForReflection
public record PageView(
        Where where,
        Now now,
        List<Address> vips,
        List<Candidate> candidates,
        List<Entry> entries,
        List<Server> servers,
        List<Row> guard,
        List<Row> settings) {

    /** @param status as {@code /q/status} has it; empty before the keeper's first step */
    public static PageView of(Optional<JsonNode> status, Instant now) {
        return status.map(json -> of(json, now))
                .orElseGet(() -> new PageView(
                        new Where("", "", ""),
                        Now.starting(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    private static PageView of(JsonNode json, Instant now) {
        return new PageView(
                new Where(text(json, "node"), text(json, "version"), text(json, "lease")),
                Now.of(json, now),
                Address.listOf(json),
                Candidate.listOf(json),
                Entry.listOf(json, now),
                Server.listOf(json),
                Row.guard(json),
                Row.settings(json));
    }

    static String text(JsonNode json, String field) {
        return Words.harmless(json.path(field).asText(""));
    }

    /** The process that answers. */
    @RegisterForReflection
    public record Where(String node, String version, String lease) {}

    /** @param vip without its prefix */
    @RegisterForReflection
    public record Address(String vip, boolean bound) {

        static List<Address> listOf(JsonNode json) {
            return json.path("vips")
                    .valueStream()
                    .map(vip -> new Address(
                            text(vip, "vip").replaceAll("/(32|128)$", ""),
                            vip.path("bound").asBoolean()))
                    .sorted(Comparator.comparing(Address::vip))
                    .toList();
        }
    }
}
