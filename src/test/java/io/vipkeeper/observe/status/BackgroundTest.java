package io.vipkeeper.observe.status;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import io.vipkeeper.keeper.Observation;
import io.vipkeeper.observe.moves.HolderHistory;

import static org.assertj.core.api.Assertions.assertThat;

class BackgroundTest {
    private final HolderHistory holders = new HolderHistory(() -> Instant.parse("2026-01-02T03:04:05.678Z"));
    private final RequestTimes requests = new RequestTimes();

    @Test
    void tellsHoldersTimesAndSettings() {
        // given
        holders.observed(new Observation.HolderChanged("cp-1"), 0);
        holders.observed(new Observation.HolderChanged(""), 0);
        requests.asked("https://127.0.0.1:6443", 200, 4_567_891);
        requests.asked("https://127.0.0.1:6443", 0, 1_000_000_000);
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("vip_leaseduration", "15");
        settings.put("address", "192.0.2.10/32");

        // when
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        new Background(holders, requests, settings).accept(json);

        // then
        assertThat(json.toString())
                .isEqualTo("{\"holders\":[{\"at\":\"2026-01-02T03:04:05.678Z\",\"holder\":\"\"},"
                        + "{\"at\":\"2026-01-02T03:04:05.678Z\",\"holder\":\"cp-1\"}],"
                        + "\"requests\":[{\"server\":\"https://127.0.0.1:6443\",\"millis\":[4.567,1000.0],"
                        + "\"statuses\":[200,0]}],"
                        + "\"settings\":{\"vip_leaseduration\":\"15\",\"address\":\"192.0.2.10/32\"}}");
    }

    @Test
    void onlyTheLatestOfEachAreKept() {
        // when
        IntStream.range(0, 1_000).forEach(i -> {
            holders.observed(new Observation.HolderChanged("n" + i + "x".repeat(1_000)), 0);
            requests.asked("https://192.0.2." + i % 200 + ":6443", 200, i);
            requests.asked("https://192.0.2.1:6443", 200, i);
        });

        // then
        assertThat(holders.seen()).hasSize(HolderHistory.CAPACITY);
        assertThat(holders.seen().getFirst().holder()).startsWith("n999x").hasSize(253);
        assertThat(requests.latest()).hasSize(RequestTimes.MOST_SERVERS);
        assertThat(requests.latest().get("https://192.0.2.1:6443"))
                .hasSize(RequestTimes.KEPT)
                .last()
                .isEqualTo(new RequestTimes.Asked(200, 999));
    }
}
