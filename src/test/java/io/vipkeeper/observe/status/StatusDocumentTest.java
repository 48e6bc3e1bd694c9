package io.vipkeeper.observe.status;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import io.vipkeeper.keeper.KeeperStatus;
import io.vipkeeper.keeper.KeeperStatus.PeerStatus;
import io.vipkeeper.keeper.Observation;
import io.vipkeeper.keeper.Observation.Path;
import io.vipkeeper.lease.LossReason;
import io.vipkeeper.observe.KeeperView;
import io.vipkeeper.observe.Notable;
import io.vipkeeper.observe.Statuses;
import io.vipkeeper.observe.moves.FlightRecorder;

import static org.assertj.core.api.Assertions.assertThat;

class StatusDocumentTest {
    private static final Instant T0 = Instant.parse("2026-01-02T03:04:05Z");

    private final KeeperView view = new KeeperView();
    private final AtomicReference<KeeperStatus> status = new AtomicReference<>();
    private long now = 1_000_000_000L;
    private final FlightRecorder recorder = new FlightRecorder(() -> T0, (stage, nanos) -> {});
    private final Lately lately = new Lately();
    private final StatusDocument document = new StatusDocument(
            new StatusDocument.Instance("cp-1", "0.1.0", "kube-system/plndr-cp-lock", "eth0"),
            view,
            recorder,
            lately,
            () -> "no netdev egress hook",
            Optional::empty);

    @Test
    void thereIsNothingToTellBeforeTheFirstStep() {
        assertThat(document.json()).isEmpty();

        view.show(status::get, () -> now, () -> 0);
        assertThat(document.json()).isEmpty();
    }

    @Test
    void aHolderTellsHowLongItsRightLastsAndWhoStandsBehindIt() throws Exception {
        // given
        view.show(status::get, () -> now, () -> 0);
        status.set(Statuses.with(
                Statuses.holder(now),
                new KeeperStatus.Fast(
                        List.of("cp-1", "cp-2"),
                        true,
                        true,
                        "",
                        Map.of("cp-2", new PeerStatus(true, false, 50, now + 200_000_000))),
                now + 250_000_000));

        // then
        assertThat(told())
                .isEqualTo(new ObjectMapper()
                        .readTree("{'node':'cp-1','version':'0.1.0','lease':'kube-system/plndr-cp-lock',"
                                        .replace('\'', '"')
                                + """
                                "role":"HOLDER","holder":"node-b","rightRemainingMillis":250,
                                "couldHold":true,"hindrances":[],"live":true,"millisSinceLastStep":0,
                                "interface":{"name":"eth0","usable":true},
                                "vips":[{"vip":"192.0.2.10/32","bound":true}],
                                "fence":{"kind":"nftables"},
                                "api":{"answers":true,"localReady":true},
                                "fast":{"members":["cp-1","cp-2"],"promisedTo":"","coming":false},
                                "peers":[{"node":"cp-2","heard":true,"ready":false,"weight":50,
                                          "promiseRemainingMillis":200}],
                                "troubles":[],"moves":[]}"""));
    }

    @Test
    void aFastPathIsAboutToComeForSomeSecondsAfterAChangeWhileThreeAreThere() throws Exception {
        // given
        view.show(status::get, () -> now, () -> 0);
        status.set(hearing(List.of(), true));
        assertThat(isComing()).isFalse();
        lately.observed(new Observation.BecameHolder("cp-2", 1, 9_000_000, Path.HANDOVER, 0, 0), now);
        long began = now;

        // then
        now = began + Notable.GATHERING.toNanos() - 1;
        assertThat(isComing()).isTrue();
        now++;
        assertThat(isComing()).isFalse();

        // and again when a candidate is back
        lately.observed(new Observation.PeerTurned("cp-3", true), now);
        assertThat(isComing()).isTrue();

        // but neither when it is there, nor when too few are heard
        status.set(hearing(List.of("cp-1", "cp-2", "cp-3"), true));
        assertThat(isComing()).isFalse();
        status.set(hearing(List.of(), false));
        assertThat(isComing()).isFalse();
    }

    private boolean isComing() throws JsonProcessingException {
        return told().path("fast").path("coming").asBoolean();
    }

    private KeeperStatus hearing(List<String> members, boolean cp3) {
        Map<String, PeerStatus> peers =
                Map.of("cp-2", new PeerStatus(true, true, 100, now), "cp-3", new PeerStatus(cp3, cp3, 100, now));
        return Statuses.with(Statuses.holder(now), new KeeperStatus.Fast(members, true, true, "", peers), now);
    }

    @Test
    void aFollowerTellsNoRightAndWhyItCouldNotHold() throws Exception {
        // given
        view.show(status::get, () -> now, () -> 0);
        status.set(Statuses.follower(false, now));
        recorder.observed(new Observation.HolderChanged("node-b"), now);

        // when
        JsonNode told = told();

        // then
        assertThat(told.has("rightRemainingMillis")).isFalse();
        assertThat(told.path("couldHold").asBoolean()).isFalse();
        assertThat(told.path("hindrances").get(0).asText()).isEqualTo("the API server gives no usable answer");
        assertThat(told.path("fence").path("kind").asText()).isEqualTo("address");
        assertThat(told.path("fence").path("why").asText()).isEqualTo("no netdev egress hook");
        assertThat(told.path("holderSince").asText()).isEqualTo("2026-01-02T03:04:05Z");
    }

    @Test
    void movesComeWithTheirStagesInMillisecondsTheNewestFirst() throws Exception {
        // given
        view.show(status::get, () -> now, () -> 0);
        status.set(Statuses.holder(now));
        recorder.observed(new Observation.BecameHolder("", 0, 40_000_000, Path.FREE, 0, 0), now);
        now += 3_000_000_000L;
        recorder.observed(new Observation.LostHolding(LossReason.TAKEN), now);
        recorder.observed(new Observation.BecameHolder("cp-2", 1, 9_876_543, Path.EARLY, 251_000_000, 3_000_000), now);
        now += 1_500_000;
        recorder.observed(new Observation.VipBound(Statuses.VIP, false), now);

        // then
        JsonNode moves = told().path("moves");
        assertThat(moves.get(0).toString())
                .isEqualTo("{\"at\":\"2026-01-02T03:04:05Z\",\"path\":\"EARLY\",\"from\":\"cp-2\","
                        + "\"stages\":{\"silence\":251.0,\"votes\":3.0,\"swap\":9.876},"
                        + "\"vips\":[{\"vip\":\"192.0.2.10/32\",\"bind\":1.5}]}");
        assertThat(moves.get(1).toString())
                .isEqualTo("{\"at\":\"2026-01-02T03:04:05Z\",\"path\":\"FREE\",\"from\":\"\","
                        + "\"stages\":{\"swap\":40.0},\"vips\":[],"
                        + "\"lost\":{\"at\":\"2026-01-02T03:04:05Z\",\"reason\":\"TAKEN\",\"heldMillis\":3000}}");
    }

    /** As a reader gets it. */
    private JsonNode told() throws JsonProcessingException {
        return new ObjectMapper().readTree(document.json().orElseThrow().toPrettyString());
    }
}
