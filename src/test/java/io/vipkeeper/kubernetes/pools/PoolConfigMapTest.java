package io.vipkeeper.kubernetes.pools;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.smallrye.mutiny.subscription.Cancellable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vipkeeper.kubernetes.ElectionClient;
import io.vipkeeper.kubernetes.Kubeconfigs;
import io.vipkeeper.kubernetes.StandIn;
import io.vipkeeper.kubernetes.WatchPace;
import io.vipkeeper.pool.Pools;
import io.vipkeeper.pool.Supply;

import static org.assertj.core.api.Assertions.assertThat;

class PoolConfigMapTest {
    private static final WatchPace PACE =
            new WatchPace(Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofSeconds(5), Duration.ofSeconds(60));

    @TempDir
    private Path folder;

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<String> trouble = new CopyOnWriteArrayList<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();

    private static String map(String name, String data) {
        return "{\"metadata\":{\"name\":\"%s\",\"resourceVersion\":\"5\"},\"data\":{%s}}".formatted(name, data);
    }

    private static String list(String... maps) {
        return "{\"metadata\":{\"resourceVersion\":\"4\"},\"items\":[" + String.join(",", maps) + "]}";
    }

    private static String event(String type, String map) {
        return "{\"type\":\"" + type + "\",\"object\":" + map + "}";
    }

    private Cancellable watch(ElectionClient client) {
        return PoolConfigMap.of(Map.of())
                .changes(client, PACE, trouble::add, faults::add)
                .subscribe()
                .with(pools -> seen.add(text(pools)));
    }

    private static String text(Pools pools) {
        return pools.of("web") instanceof Supply.Pool pool
                ? pool.ipv4() + pool.ipv6().toString()
                : "none";
    }

    private ElectionClient client(StandIn server) throws IOException {
        return Kubeconfigs.client(folder, server.port(), Duration.ofSeconds(3));
    }

    @Test
    void itIsWhereKubeVipCloudProviderLooks() {
        assertThat(PoolConfigMap.of(Map.of("KUBEVIP_NAMESPACE", " ")))
                .isEqualTo(new PoolConfigMap("kube-system", "kubevip"));
        assertThat(PoolConfigMap.of(Map.of("KUBEVIP_NAMESPACE", "net", "KUBEVIP_CONFIG_MAP", "pools")))
                .isEqualTo(new PoolConfigMap("net", "pools"));
    }

    @Test
    void eachChangeIsToldOnceAndEachFaultOnce() throws Exception {
        // given a ConfigMap that is made, changed, changed in what is no pool's, and deleted
        String good = "\"cidr-global\":\"192.0.2.8/30\"";
        String bad = "\"cidr-global\":\"192.0.2.8/30,oops\",\"count\":7";
        try (StandIn server = StandIn.plain((request, answer) -> {
                    if (!request.target().contains("watch=true")) {
                        answer.json(200, list());
                        return;
                    }
                    answer.streamHead();
                    answer.streamLine(event("ADDED", map("kubevip", good)));
                    answer.streamLine(event("MODIFIED", map("kubevip", good)));
                    answer.streamLine(event("MODIFIED", map("kubevip", bad)));
                    answer.streamLine(event("MODIFIED", map("kubevip", bad + ",\"note\":\"x\"")));
                    answer.streamLine(event("DELETED", map("kubevip", bad)));
                    answer.hang();
                });
                ElectionClient client = client(server)) {
            // when
            Cancellable watch = watch(client);
            Awaitility.await().until(() -> seen.size() > 1 && seen.getLast().equals("none"));
            watch.cancel();
            // then
            assertThat(server.requests.getFirst().target())
                    .isEqualTo("/api/v1/namespaces/kube-system/configmaps?fieldSelector=metadata.name%3Dkubevip");
            assertThat(faults)
                    .containsExactly("ConfigMap kube-system/kubevip: \"oops\" of cidr-global is no range; write it like"
                            + " 192.0.2.10-192.0.2.20 or 2001:db8::10-2001:db8::20.");
            assertThat(trouble).isEmpty();
            assertThat(seen.getFirst()).isEqualTo("none");
        }
    }

    @Test
    void whileItCannotBeReadThePoolsGoOnToCountAndItIsSaidOnce() throws Exception {
        // given a server that shows it, then forbids it, then shows another ConfigMap in its place, then the new one
        AtomicInteger asked = new AtomicInteger();
        try (StandIn server = StandIn.plain((request, answer) -> {
                    switch (asked.incrementAndGet()) {
                        case 1 -> answer.json(200, list(map("kubevip", "\"cidr-web\":\"192.0.2.8/30\"")));
                        case 2, 3, 4, 5 -> answer.status(403, "Forbidden", "no");
                        case 6 -> answer.json(200, list(map("kubevip", "\"cidr-web\":\"192.0.2.16/30\"")));
                        case 7 -> {
                            answer.streamHead();
                            answer.streamLine(event("MODIFIED", map("other", "\"cidr-web\":\"192.0.2.24/30\"")));
                            answer.hang();
                        }
                        default -> answer.json(200, list(map("kubevip", "\"cidr-web\":\"192.0.2.32/30\"")));
                    }
                });
                ElectionClient client = client(server)) {
            // when
            Cancellable watch = watch(client);
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> seen.size() >= 3);
            watch.cancel();
            // then
            assertThat(seen).startsWith("192.0.2.8-192.0.2.11", "192.0.2.16-192.0.2.19", "192.0.2.32-192.0.2.35");
            assertThat(trouble.getFirst())
                    .startsWith("Watching the ConfigMap kube-system/kubevip fails and is tried again.")
                    .contains("403");
        }
    }
}
