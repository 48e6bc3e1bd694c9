package io.vipkeeper.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.probe.Timeline;
import io.vipkeeper.e2e.clientgo.ClientGoProgram;
import io.vipkeeper.e2e.history.History;
import io.vipkeeper.e2e.recording.Times;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three nodes whose electors are client-go's, with kube-vip's way of keeping the address, come to run vipkeeper one by
 * one, and go back at once.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MigrationIT extends EndToEnd {
    private static final String LEASE_NAME = "plndr-cp-lock";
    private static final String MICRO_TIME = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{6}Z";

    /** No move. */
    private static final Duration UNMOVED = Duration.ofMillis(500);

    /** After a release another client-go elector needs up to 2.2 s, and its first announcement may take 3 s more. */
    private static final Duration SLOWEST_MOVE = Duration.ofSeconds(7);

    /** What a vipkeeper waits after such a release, its probes, and a busy machine. */
    private static final Duration QUICK_MOVE = Duration.ofMillis(1500);

    /** Renewals and an announcement of whoever holds. */
    private static final Duration A_WHILE = Duration.ofSeconds(4);

    private final List<History.Stranger> strangers = new ArrayList<>();
    private final Map<LabNode, Long> started = new HashMap<>();

    @Override
    boolean startsWhole() {
        return false;
    }

    @Override
    History seen(History recorded) {
        return recorded.with(strangers);
    }

    @Test
    @Order(1)
    void nodeByNodeWithTheHolderLastTheAddressMovesOnceAndQuickly() {
        // given
        startStrangers();
        LabNode holder = holder();
        JsonNode before = lease();
        List<LabNode> others =
                cluster().nodes().stream().filter(node -> node != holder).toList();

        // when
        Duration total = Duration.ZERO;
        for (LabNode node : others) {
            Duration gap = replace(node);
            assertThat(gap).as(this::logs).isLessThan(UNMOVED);
            assertThat(holder()).as(this::logs).isEqualTo(holder);
            total = total.plus(gap);
        }
        Duration gap = replace(holder);

        // then
        assertThat(gap).as(this::logs).isLessThan(QUICK_MOVE);
        told("the holder last", total.plus(gap));
        sameLease(before);
        assertThat(others).as(this::logs).contains(holder());
    }

    @Test
    @Order(2)
    void backAndThenNodeByNodeWithTheHolderFirstTheAddressStillNeverIsInTwoPlaces() {
        // given
        JsonNode before = lease();
        cluster().nodes().forEach(LabNode::stop);
        cluster().nodes().forEach(node -> assertThat(node.awaitEnd(START_LIMIT)).isTrue());
        startStrangers();

        // when
        List<LabNode> left = new ArrayList<>(cluster().nodes());
        Duration total = Duration.ZERO;
        while (!left.isEmpty()) {
            LabNode next = left.contains(holder()) ? holder() : left.getFirst();
            left.remove(next);
            total = total.plus(replace(next));
        }

        // then
        told("the holder first", total);
        assertThat(total).as(this::logs).isLessThan(SLOWEST_MOVE.multipliedBy(2));
        sameLease(before);
    }

    private void startStrangers() {
        for (LabNode node : cluster().nodes()) {
            node.install(new ClientGoProgram(api()));
            node.start();
            started.put(node, Times.now());
        }
        holder();
        watch(A_WHILE);
        assertThat(cluster().nodes()).as(this::logs).allMatch(LabNode::isRunning);
        assertThat(lease().at("/spec/holderIdentity").asText()).isEqualTo(holder().name());
    }

    /** @return the client's gap */
    private Duration replace(LabNode node) {
        boolean held = holder() == node;
        long began = System.nanoTime();
        node.stop();
        assertThat(node.awaitEnd(START_LIMIT)).isTrue();
        assertThat(node.exitCode()).contains(0);
        strangers.add(new History.Stranger(node.name(), started.get(node), Times.now()));
        node.install(cluster().program());
        node.start();
        cluster().awaitReady(node, START_LIMIT);
        holder();
        watch(A_WHILE);
        long end = cluster().probe().caughtUp();
        Timeline seen = cluster().probe().timeline();
        Duration gap = Duration.ofNanos(seen.gapNanos(began, end));
        System.out.printf(
                "%s, which %s, is replaced: client gap %d ms, holder %s%n",
                node, held ? "held" : "did not hold", gap.toMillis(), holder());
        return gap;
    }

    private static void told(String order, Duration total) {
        System.out.printf("moved node by node, %s: client gaps of %d ms in all%n", order, total.toMillis());
    }

    private JsonNode lease() {
        return api().admin().lease(LEASE_NAME).json();
    }

    /** It is still the object that client-go made, and what client-go reads of it is as client-go writes it. */
    private void sameLease(JsonNode before) {
        JsonNode now = lease();
        assertThat(now.at("/metadata/uid")).isEqualTo(before.at("/metadata/uid"));
        JsonNode spec = now.get("spec");
        assertThat(spec.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(before.get("spec").properties().stream()
                        .map(Map.Entry::getKey)
                        .toList())
                .containsExactlyInAnyOrder(
                        "holderIdentity", "leaseDurationSeconds", "acquireTime", "renewTime", "leaseTransitions");
        assertThat(spec.get("holderIdentity").textValue()).isEqualTo(holder().name());
        assertThat(spec.get("leaseDurationSeconds").isInt()).isTrue();
        assertThat(spec.get("leaseDurationSeconds").intValue()).isEqualTo(5);
        assertThat(spec.get("leaseTransitions").isInt()).isTrue();
        assertThat(spec.get("leaseTransitions").intValue())
                .isGreaterThan(before.at("/spec/leaseTransitions").intValue());
        assertThat(spec.get("acquireTime").textValue()).matches(MICRO_TIME);
        assertThat(spec.get("renewTime").textValue()).matches(MICRO_TIME);
    }
}
