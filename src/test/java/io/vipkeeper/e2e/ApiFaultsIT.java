package io.vipkeeper.e2e;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import io.vipkeeper.demo.Fault;
import io.vipkeeper.demo.Measurement;
import io.vipkeeper.demo.Trial;
import io.vipkeeper.demo.api.ApiClient;
import io.vipkeeper.demo.lab.LabNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The API servers freeze, die, refuse and forget. */
class ApiFaultsIT extends EndToEnd {
    private static final String LEASE_NAME = "plndr-cp-lock";
    /** An unmarked holder is given its retry period, two renew deadlines and a moment; and the machine is busy. */
    private static final Duration AFTER_A_FOREIGN_HOLDER = Duration.ofMillis(10_715 + 1500);

    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final Duration FLAPPING = Duration.ofSeconds(Requirements.ci() ? 300 : 60);

    @Test
    void aFrozenApiServerLeavesNoTwoHolders() {
        // when: the holder may go on through another API server, or else another node takes over
        Measurement measured = new Trial(cluster()).run(Fault.API_FROZEN);

        // then
        assertAnsweredAgain(measured);
    }

    @Test
    void aHolderThatIsCutOffFromTheApiNetworkLeavesNoTwoHolders() {
        // when
        Measurement measured = new Trial(cluster()).run(Fault.API_CUT);

        // then
        assertAnsweredAgain(measured);
    }

    @Test
    void aKilledApiServerLeavesNoTwoHolders() {
        // given
        LabNode holder = holder();

        // when
        api().kill(holder);
        watch(LEASE.multipliedBy(2));
        api().start(holder);

        // then
        holder();
        assertThat(gap()).as(this::logs).isLessThan(WITHOUT_HOLDER);
        assertThat(cluster().nodes()).allMatch(LabNode::isRunning);
    }

    @Test
    void aDeletedLeaseLeavesNoTwoHolders() {
        // given
        holder();

        // when
        assertThat(api().admin().deleteLease(LEASE_NAME).ok()).isTrue();
        watch(LEASE.multipliedBy(2));

        // then
        LabNode holder = holder();
        assertThat(gap()).as(this::logs).isLessThan(WITHOUT_HOLDER);
        assertThat(leaseHolder()).isEqualTo(holder.name());
    }

    @Test
    void aLeaseGivenAwayByHandIsLetGoAndTakenAgainWhenItsHolderIsSilent() {
        // given
        holder();

        // when
        await().atMost(LEASE).until(this::giveTheLeaseAway);

        // then: nobody answers while somebody else might
        assertThat(cluster().probe().awaitNobody(Duration.ofSeconds(3)))
                .as(this::logs)
                .isTrue();
        holder();
        assertThat(gap()).as(this::logs).isBetween(LEASE.minusSeconds(2), AFTER_A_FOREIGN_HOLDER);
    }

    @Test
    void aMinuteOfRefusalsIsSurvivedQuietly() {
        // given
        holder();
        Map<LabNode, Long> lines = lineCounts();

        // when
        api().forbid();
        try {
            watch(MINUTE);
            assertThat(cluster().probe().holder()).as(this::logs).isEmpty();
        } finally {
            api().allow();
        }

        // then: one line a minute about it, and the few about the change of state
        cluster().nodes().forEach(node -> assertThat(lineCounts().get(node) - lines.get(node))
                .as(this::logs)
                .isLessThanOrEqualTo(6));
        holder();
        assertThat(gap()).as(this::logs).isLessThan(MINUTE.plus(LEASE).plusSeconds(2));
        assertThat(cluster().nodes()).allMatch(LabNode::isRunning);
    }

    @Test
    void aFlappingApiNeverLeavesTwoHolders() {
        // given
        long seed = Long.getLong("vipkeeper.e2e.seed", System.nanoTime());
        Duration time = Duration.ofSeconds(Long.getLong("vipkeeper.e2e.flapping", FLAPPING.toSeconds()));
        System.out.println("flapping for " + time.toSeconds() + " s with -Dvipkeeper.e2e.seed=" + seed);
        Random random = new Random(seed);
        long end = System.nanoTime() + time.toNanos();

        // when: one after another falls silent, dies or is cut off, for up to six seconds
        while (System.nanoTime() - end < 0) {
            LabNode node =
                    cluster().nodes().get(random.nextInt(cluster().nodes().size()));
            flap(node, random.nextInt(3), Duration.ofMillis(200 + random.nextInt(6_000)));
            watch(Duration.ofMillis(random.nextInt(3_000)));
        }

        // then
        cluster().nodes().forEach(node -> assertThat(api().awaitReady(node, START_LIMIT))
                .isTrue());
        holder();
        assertThat(cluster().nodes()).as(this::logs).allMatch(LabNode::isRunning);
    }

    private void flap(LabNode node, int kind, Duration time) {
        switch (kind) {
            case 0 -> api().freeze(node);
            case 1 -> api().kill(node);
            default -> node.cutFromApi();
        }
        watch(time);
        switch (kind) {
            case 0 -> api().resume(node);
            case 1 -> api().start(node);
            default -> node.restoreApi();
        }
    }

    private void assertAnsweredAgain(Measurement measured) {
        assertThat(measured.open()).as(this::logs).isFalse();
        assertThat(measured.twoAnswering()).as(this::logs).isZero();
        assertThat(Duration.ofNanos(measured.gap())).as(this::logs).isLessThan(WITHOUT_HOLDER);
        assertThat(cluster().nodes()).as(this::logs).allMatch(LabNode::isRunning);
    }

    private String leaseHolder() {
        ApiClient.Answer answer = api().admin().lease(LEASE_NAME);
        return answer.json().at("/spec/holderIdentity").asText();
    }

    /** False if the holder renewed in between. */
    private boolean giveTheLeaseAway() {
        ObjectNode lease = (ObjectNode) api().admin().lease(LEASE_NAME).json();
        lease.withObjectProperty("spec").put("holderIdentity", "somebody-else");
        return api().admin().replaceLease(LEASE_NAME, lease).ok();
    }

    private Map<LabNode, Long> lineCounts() {
        Map<LabNode, Long> counts = new HashMap<>();
        cluster()
                .nodes()
                .forEach(node -> counts.put(node, node.logText().lines().count()));
        return counts;
    }
}
