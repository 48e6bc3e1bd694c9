package io.vipkeeper.e2e;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.vipkeeper.demo.FastPath;
import io.vipkeeper.demo.Fault;
import io.vipkeeper.demo.Measurement;
import io.vipkeeper.demo.Trial;
import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.observe.meters.Metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Three candidates take over from each other long before the Lease has run out. */
class FastPathIT extends EndToEnd {
    /** Far below what the plain rules can do, and far above what the benchmark measures. */
    private static final Duration EARLY = Duration.ofMillis(1500);

    private static final String LEASE_NAME = "plndr-cp-lock";

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"STOP", "KILL", "FREEZE", "POWER_OFF", "UNPLUG", "API_CUT", "API_FROZEN"})
    void theAddressMovesOnceAndEarly(Fault fault) {
        // when
        Measurement measured = new Trial(cluster()).run(fault);

        // then
        assertThat(measured.fastPath()).isEqualTo(FastPath.ON);
        assertThat(measured.open()).as(this::logs).isFalse();
        assertThat(measured.twoAnswering()).as(this::logs).isZero();
        assertThat(measured.moves()).as(this::logs).isEqualTo(1);
        assertThat(measured.flips()).as(this::logs).isZero();
        assertThat(Duration.ofNanos(measured.gap())).as(this::logs).isLessThan(EARLY);
    }

    @Test
    void theMetricsOfATrioSayWhatTheLabDid() {
        // given
        cluster().awaitWhole(START_LIMIT);
        Map<LabNode, Scrape> before = scrapes();

        // when: the holder is stopped and started again
        Measurement measured = new Trial(cluster()).run(Fault.STOP);
        LabNode holder = holder();
        Map<LabNode, Scrape> after = await().atMost(START_LIMIT).until(this::scrapes, all -> isSettled(holder, all));

        // then
        assertThat(measured.moves()).as(this::logs).isEqualTo(1);
        assertThat(measured.successor()).contains(holder.name());
        after.forEach((node, scrape) -> {
            assertThat(Metric.values()).as(node.name()).allMatch(scrape::names);
            whatEveryNodeSays(node, scrape, node == holder);
        });
        whatTheHolderSays(after.get(holder));
        LabNode stopped = node(measured.holder());
        cluster().nodes().forEach(node -> {
            double was = node == stopped ? 0 : before.get(node).sum(Metric.MOVES);
            assertThat(after.get(node).sum(Metric.MOVES) - was)
                    .as("moves to " + node)
                    .isEqualTo(node == holder ? 1 : 0);
        });
        // Who stops gives the Lease to a successor, or at least frees it.
        assertThat(inOrder(after.get(holder)) - inOrder(before.get(holder))).isEqualTo(1);
        assertThat(after.get(stopped).sum(Metric.VIP_ANNOUNCEMENTS)).isZero();

        // when: somebody takes the address away
        holder.flushVip();
        watch(Duration.ofSeconds(1));

        // then
        assertThat(Scrape.of(cluster(), holder).sum(Metric.VIP_READDED)
                        - after.get(holder).sum(Metric.VIP_READDED))
                .isEqualTo(1);
    }

    /** The restarted node takes part again, and a majority stands behind the new holder. */
    private static boolean isSettled(LabNode holder, Map<LabNode, Scrape> scrapes) {
        return scrapes.get(holder).sum(Metric.FAST_PATH) == 1
                && scrapes.values().stream()
                        .allMatch(scrape -> scrape.sum(Metric.PEER_HEARD) == 2
                                && scrape.sum(Metric.READY) == 1
                                && scrape.sum(Metric.API_UP) == scrapes.size()
                                && scrape.sum(Metric.API_WAY, "way", "local") == 1);
    }

    private static double inOrder(Scrape scrape) {
        return scrape.sum(Metric.MOVES, "path", "HANDOVER") + scrape.sum(Metric.MOVES, "path", "FREE");
    }

    private void whatEveryNodeSays(LabNode node, Scrape scrape, boolean holds) {
        double held = holds ? 1 : 0;
        assertThat(scrape.sum(Metric.IS_LEADER, "lease", LEASE_NAME, "node", node.name()))
                .isEqualTo(held);
        assertThat(scrape.sum(Metric.KUBE_VIP_IS_LEADER, "lease_name", LEASE_NAME, "node", node.name()))
                .isEqualTo(held);
        assertThat(scrape.sum(Metric.ROLE, "role", holds ? "HOLDER" : "FOLLOWER"))
                .isEqualTo(1);
        assertThat(scrape.sum(Metric.ROLE)).isEqualTo(1);
        assertThat(scrape.sum(Metric.VIP_BOUND)).isEqualTo(held);
        assertThat(scrape.sum(Metric.FAST_PATH)).isEqualTo(held);
        assertThat(scrape.sum(Metric.READY)).isEqualTo(1);
        assertThat(scrape.sum(Metric.HINDRANCE)).isZero();
        assertThat(scrape.sum(Metric.PEER_HEARD)).isEqualTo(2);
        assertThat(scrape.sum(Metric.FENCE, "kind", "nftables")).isEqualTo(1);
        assertThat(scrape.sum(Metric.API_UP)).isEqualTo(cluster().nodes().size());
        assertThat(scrape.sum(Metric.API_WAY, "way", "local")).isEqualTo(1);
        assertThat(scrape.count(Metric.API_REQUEST, "outcome", "answered")).isPositive();
        assertThat(scrape.sum(Metric.TIMING, "timing", "lease_duration")).isEqualTo(LEASE.toSeconds());
        assertThat(scrape.sum(Metric.CERTIFICATE_EXPIRY, "certificate", "server"))
                .isGreaterThan(Instant.now().getEpochSecond());
        assertThat(scrape.sum(Metric.PAUSE_LONGEST)).isBetween(0.0, LEASE.toSeconds() * 1.0);
        assertThat(scrape.sum(Metric.BUILD_INFO, "node", node.name())).isEqualTo(1);
        assertThat(Double.isNaN(scrape.sum(Metric.HOLD_REMAINING))).isEqualTo(!holds);
    }

    private static void whatTheHolderSays(Scrape scrape) {
        assertThat(scrape.sum(Metric.HOLD_REMAINING)).isBetween(0.0, LEASE.toSeconds() * 1.0);
        assertThat(scrape.sum(Metric.LEASE_RENEWAL_AGE)).isBetween(0.0, LEASE.toSeconds() * 1.0);
        assertThat(scrape.sum(Metric.GRANT_AGE)).isBetween(0.0, 1.0);
        assertThat(scrape.sum(Metric.GRANT_REMAINING)).isPositive();
        double announcements = scrape.sum(Metric.VIP_ANNOUNCEMENTS);
        assertThat(announcements).isPositive();
        for (String form : List.of("request", "reply")) {
            assertThat(scrape.sum(Metric.FRAMES, "family", "ipv4", "form", form, "outcome", "sent"))
                    .isGreaterThanOrEqualTo(announcements);
        }
        assertThat(scrape.sum(Metric.FRAMES, "outcome", "failed")).isZero();
        assertThat(scrape.sum(Metric.FRAMES, "family", "ipv6")).isZero();
        assertThat(scrape.count(Metric.LEASE_RENEW)).isPositive();
        assertThat(scrape.count(Metric.LEASE_ACQUIRE)).isEqualTo(scrape.sum(Metric.MOVES));
        assertThat(scrape.count(Metric.FENCE_REFRESH)).isPositive();
        for (String stage : List.of("swap", "bind", "announce")) {
            assertThat(scrape.count(Metric.MOVE_STAGE, "stage", stage)).isBetween(1.0, scrape.sum(Metric.MOVES));
        }
    }

    private Map<LabNode, Scrape> scrapes() {
        Map<LabNode, Scrape> scrapes = new LinkedHashMap<>();
        cluster().nodes().forEach(node -> scrapes.put(node, Scrape.of(cluster(), node)));
        return scrapes;
    }

    private LabNode node(String name) {
        return cluster().nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void noApiServerForHalfAMinuteMovesNothing() {
        // when
        Measurement measured = new Trial(cluster()).run(Fault.ALL_APIS_FROZEN);

        // then
        assertThat(measured.fastPath()).isEqualTo(FastPath.ON);
        assertThat(measured.moves()).as(this::logs).isZero();
        assertThat(Duration.ofNanos(measured.gap() - measured.resolution()))
                .as(this::logs)
                .isLessThan(Duration.ofMillis(500));
    }
}
