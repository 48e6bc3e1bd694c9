package io.vipkeeper.e2e;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.vipkeeper.demo.api.ApiClient;
import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.lab.LabPlan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Two nodes and the plain rules: a holder whose own API server is ill renews through the other's. */
class OtherApiServerIT extends EndToEnd {
    private static final String OWN = "vipkeeper_api_up{server=\"https://127.0.0.1:6443\"";
    private static final String OTHER = "vipkeeper_api_up{server=\"https://192.0.2.";
    private static final Duration HOME_AGAIN = Duration.ofSeconds(30);

    @Override
    LabPlan plan() {
        return new LabPlan(2, false);
    }

    @Override
    Map<String, String> environment() {
        return Map.of("vip_fast", "off");
    }

    @Test
    void aHolderWhoseOwnApiServerFreezesKeepsTheAddressThroughTheOther() {
        // given
        LabNode holder = holder();
        awaitMetric(holder, OTHER, 1);

        // when
        api().freeze(holder);
        watch(LEASE.multipliedBy(3));

        // then it renews all the time
        assertThat(cluster().probe().holder()).as(this::logs).contains(holder);
        assertThat(gap()).as(this::logs).isLessThan(Duration.ofMillis(500));
        awaitMetric(holder, "vipkeeper_api_way{way=\"other\"", 1);
        awaitMetric(holder, OWN, 0);

        // when
        api().resume(holder);

        // then
        awaitMetric(holder, "vipkeeper_api_way{way=\"local\"", 1);
        assertThat(cluster().probe().holder()).as(this::logs).contains(holder);
        assertThat(gap()).as(this::logs).isLessThan(Duration.ofMillis(500));
        assertThat(holder.logText())
                .as(this::logs)
                .contains("API server https://127.0.0.1:6443 is ill: requests go to https://192.0.2.1")
                .contains("API server https://127.0.0.1:6443 is well again");
    }

    @Test
    void aFollowerWhoseOwnApiServerIsDeadTakesOverThroughTheOther() {
        // given
        LabNode holder = holder();
        LabNode follower = otherThan(holder);
        awaitMetric(follower, OTHER, 1);
        api().kill(follower);
        awaitMetric(follower, "vipkeeper_api_way{way=\"other\"", 1);

        // when
        holder.kill();

        // then
        assertThat(awaitSuccessorOf(holder, LEASE.multipliedBy(3))).isEqualTo(follower);
        assertThat(gap()).as(this::logs).isLessThan(WITHOUT_HOLDER);
        awaitEvent(holder, "kube-system", follower.name() + " holds 192.0.2.10 now, after " + holder.name());
        awaitEvent(holder, "default", follower.name() + " holds 192.0.2.10 now, after " + holder.name());
    }

    private void awaitEvent(LabNode through, String namespace, String note) {
        String uri = "/apis/events.k8s.io/v1/namespaces/" + namespace + "/events";
        await().atMost(LEASE)
                .untilAsserted(
                        () -> assertThat(api().admin(through).get(uri).body()).contains(note));
    }

    /** @param series its name, and its labels as far as they matter */
    private void awaitMetric(LabNode node, String series, int value) {
        ApiClient client = api().admin(otherThan(node));
        String url = "http://" + node.apiAddress() + ":2112/metrics";
        await().atMost(HOME_AGAIN)
                .untilAsserted(() -> assertThat(client.get(url).body().lines())
                        .anyMatch(line -> line.startsWith(series) && line.endsWith(" " + value + ".0")));
    }
}
