package io.vipkeeper.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import io.vipkeeper.demo.Cluster;
import io.vipkeeper.demo.api.RealApi;
import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.lab.LabPlan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A cluster is made as kubeadm makes one, without any rights on the first node, and comes back after a blackout. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BootstrapIT extends EndToEnd {
    private static final String ADMINS = "kubeadm:cluster-admins";
    private static final String BINDINGS = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings";
    private static final String THROUGH_VIP = "https://" + LabPlan.VIP + ":6443";

    @Override
    Cluster.ApiKind apiKind() {
        return Cluster.ApiKind.BARE;
    }

    @Test
    @Order(1)
    void kubeadmInitGoesThroughTheAddressWithoutAnyRightAndJoinsFollow() throws Exception {
        // given: the manifest is in place, and nothing else; not even the NIC is up
        LabNode first = cluster().nodes().getFirst();
        first.ip(List.of("link", "set", "eth0", "down"));
        first.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> first.logText().contains("no kubeconfig"));
        watch(Duration.ofSeconds(3));
        assertThat(first.isRunning()).as(this::logs).isTrue();
        assertThat(first.logText().lines().filter(line -> line.contains("no kubeconfig")))
                .as(this::logs)
                .hasSize(1);
        first.ip(List.of("link", "set", "eth0", "up"));
        api().admit(first, ADMINS);
        watch(Duration.ofSeconds(9));
        assertThat(first.hasVip()).as(this::logs).isFalse();

        // when: the API server begins to answer
        long began = System.nanoTime();
        api().start(first);
        long answered = FirstAnswer.of(first);

        // then: the address does, too, although the node's own credentials have no right
        assertThat(cluster().probe().awaitHolder(START_LIMIT)).as(this::logs).contains(first);
        OptionalLong vip = cluster().probe().timeline().firstAnswer(first.mac(), began);
        System.out.printf(
                "the address answers %d ms after the API server%n", (vip.orElseThrow() - answered) / 1_000_000);
        long held = System.nanoTime();
        assertThat(first.logText()).contains("cause=FORBIDDEN").doesNotContain("became holder");

        // and: what kubeadm does through the address gives the node its right
        await().atMost(START_LIMIT)
                .until(() -> ask(first, THROUGH_VIP + "/healthz", "").equals("200"));
        await().atMost(START_LIMIT)
                .until(() -> ask(first, THROUGH_VIP + "/readyz", "").equals("200"));
        assertThat(ask(first, THROUGH_VIP + BINDINGS, binding(ADMINS, ADMINS))).isEqualTo("201");
        await().atMost(Duration.ofSeconds(10)).until(() -> first.logText().contains("became holder"));
        watch(Duration.ofSeconds(2));
        assertThat(Duration.ofNanos(cluster().probe().timeline().gapNanos(held, System.nanoTime())))
                .as(this::logs)
                .isLessThan(Duration.ofMillis(500));

        // and: the others join
        for (LabNode node : cluster().nodes()) {
            if (node != first) {
                api().admit(node, ADMINS);
                node.start();
                api().start(node);
            }
        }
        cluster().nodes().forEach(node -> cluster().awaitReady(node, START_LIMIT));
        assertThat(holder()).isEqualTo(first);
    }

    @Test
    @Order(2)
    void certificatesThatAreRenewedWhileHoldingLeaveNoGap() throws Exception {
        // given
        LabNode holder = holder();
        assertThat(ask(holder, THROUGH_VIP + BINDINGS, binding("renewed", "renewed")))
                .isEqualTo("201");

        // when: the old certificates lose their right after the new ones came
        for (LabNode node : cluster().nodes()) {
            api().admit(node, "renewed");
        }
        watch(Duration.ofSeconds(3));
        assertThat(api().admin().request("DELETE", BINDINGS + "/" + ADMINS, "").ok())
                .isTrue();
        watch(LEASE.multipliedBy(2));

        // then
        assertThat(holder()).isEqualTo(holder);
        assertThat(gap()).as(this::logs).isLessThan(Duration.ofMillis(500));
    }

    @Test
    @Order(3)
    void theFirstNodeDoesNotAnswerBesideAHolderWhenItStartsWithoutItsApiServerOrRight() {
        // given: another node holds
        LabNode first = cluster().nodes().getFirst();
        first.stop();
        assertThat(first.awaitEnd(START_LIMIT)).isTrue();
        LabNode other = awaitSuccessorOf(first, LEASE.multipliedBy(2));

        // when: the first one is back with the flag in its manifest, and credentials without rights
        api().admit(first, "nobody");
        first.start();
        watch(Duration.ofSeconds(14));

        // then
        assertThat(first.logText()).contains("cause=FORBIDDEN");
        assertThat(first.hasVip()).as(this::logs).isFalse();

        // and: with no API server at all
        api().kill(first);
        watch(Duration.ofSeconds(12));
        assertThat(first.hasVip()).as(this::logs).isFalse();
        assertThat(holder()).isEqualTo(other);

        api().admit(first, "renewed");
        api().start(first);
        cluster().awaitReady(first, START_LIMIT);
    }

    @Test
    @Order(4)
    void afterABlackoutTheNodesComeBackInAnyOrder() {
        long seed = Long.getLong("vipkeeper.e2e.seed", System.nanoTime());
        System.out.println("blackouts with -Dvipkeeper.e2e.seed=" + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 2; round++) {
            // given
            for (LabNode node : cluster().nodes()) {
                node.powerOff();
                api().kill(node);
            }

            // when
            List<LabNode> order = new ArrayList<>(cluster().nodes());
            Collections.shuffle(order, random);
            for (LabNode node : order) {
                node.powerOn();
                node.start();
                watch(Duration.ofMillis(random.nextInt(2_000)));
                api().start(node);
                watch(Duration.ofMillis(random.nextInt(3_000)));
            }

            // then
            cluster().nodes().forEach(node -> cluster().awaitReady(node, START_LIMIT));
            holder();
            assertThat(cluster().nodes()).as(this::logs).allMatch(LabNode::isRunning);
        }
    }

    /** With all rights, as kubeadm has them by super-admin.conf; the status, or 000 without an answer. */
    private String ask(LabNode node, String url, String body) throws IOException {
        List<String> command = new ArrayList<>(List.of("curl", "-s", "-o", "/dev/null", "-w", "%{http_code}"));
        command.addAll(List.of("--max-time", "2", "--cacert", api().authority()));
        command.addAll(List.of("-H", "Authorization: Bearer " + RealApi.ADMIN_TOKEN));
        if (!body.isEmpty()) {
            command.addAll(List.of("-H", "Content-Type: application/json", "-d", body));
        }
        command.add(url);
        try (var answer = node.startPiped("curl", command).inputReader(StandardCharsets.US_ASCII)) {
            return answer.readLine();
        }
    }

    private static String binding(String name, String group) {
        return """
                {"metadata":{"name":"%s"},
                 "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"cluster-admin"},
                 "subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"Group","name":"%s"}]}""".formatted(name, group);
    }
}
