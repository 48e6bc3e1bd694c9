package io.vipkeeper.observe.page.view;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** A name and what is to be said of it. */
@RegisterForReflection
public record Row(String name, String value) {

    static List<Row> settings(JsonNode json) {
        return json.path("settings")
                .propertyStream()
                .map(setting -> new Row(
                        Words.harmless(setting.getKey()),
                        Words.harmless(setting.getValue().asText())))
                .toList();
    }

    static List<Row> guard(JsonNode json) {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("Interface", nic(json.path("interface"))));
        rows.add(new Row("Fence", fence(json.path("fence"))));
        rows.add(new Row("Fast path", fast(json)));
        if (json.has("rightRemainingMillis")) {
            long remaining = json.path("rightRemainingMillis").asLong();
            rows.add(new Row(
                    "Right ends in",
                    remaining > 0 ? Words.millis(remaining) + " unless it is confirmed" : "nothing: it has ended"));
        }
        return rows;
    }

    private static String nic(JsonNode nic) {
        return PageView.text(nic, "name") + (nic.path("usable").asBoolean() ? "" : ": cannot carry frames");
    }

    private static String fence(JsonNode fence) {
        return PageView.text(fence, "kind").equals("nftables")
                ? "nftables: the kernel drops the address to the millisecond"
                : "the address's lifetime, to the second: " + PageView.text(fence, "why");
    }

    private static String fast(JsonNode json) {
        String promised = PageView.text(json.path("fast"), "promisedTo");
        String members = json.path("fast")
                .path("members")
                .valueStream()
                .map(member -> Words.harmless(member.asText()))
                .collect(Collectors.joining(", "));
        if (!members.isEmpty()) {
            return "a majority of " + members + " stands behind this holder";
        }
        if (!promised.isEmpty()) {
            return "this node has promised " + promised + " not to claim";
        }
        return json.path("fast").path("coming").asBoolean()
                ? "about to come: this holder asks its majority"
                : "the Lease alone decides";
    }
}
