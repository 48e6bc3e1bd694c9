package io.vipkeeper.kubernetes;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import io.smallrye.mutiny.subscription.Cancellable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

final class NodesTest {
    @TempDir
    private Path folder;

    private final List<Set<String>> seen = new CopyOnWriteArrayList<>();
    private final List<String> trouble = new CopyOnWriteArrayList<>();

    private Cancellable poll(ElectionClient client) {
        return new Nodes(client, Duration.ofMillis(20), Duration.ofMillis(20), trouble::add)
                .changes()
                .subscribe()
                .with(all -> seen.add(text(all.owners().keySet())));
    }

    private static Set<String> text(Set<InetAddress> all) {
        return all.stream().map(InetAddress::getHostAddress).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String node(String... typesAndAddresses) {
        StringBuilder text = new StringBuilder("{\"status\":{\"addresses\":[");
        for (int i = 0; i < typesAndAddresses.length; i += 2) {
            text.append(i == 0 ? "" : ",")
                    .append("{\"type\":\"%s\",\"address\":\"%s\"}"
                            .formatted(typesAndAddresses[i], typesAndAddresses[i + 1]));
        }
        return text.append("]}}").toString();
    }

    private static String page(String next, String... nodes) {
        return "{\"kind\":\"NodeList\",\"metadata\":{\"continue\":\"%s\"},\"items\":[%s]}"
                .formatted(next, String.join(",", nodes));
    }

    private ElectionClient client(StandIn server) throws IOException {
        return Kubeconfigs.client(folder, server.port(), Duration.ofSeconds(3));
    }

    @Test
    void allPagesAreReadAndOnlyAddressesOfNodesCount() throws Exception {
        try (StandIn server = StandIn.plain((request, answer) -> {
                    if (request.target().contains("continue=a%2Fb%3D")) {
                        answer.json(
                                200,
                                page(
                                        "",
                                        node("InternalIP", "2001:db8::1"),
                                        "{}",
                                        "7",
                                        node("ExternalIP", "evil.example")));
                    } else {
                        answer.json(
                                200,
                                page(
                                        "a/b=",
                                        node(
                                                "InternalIP",
                                                "192.0.2.1",
                                                "Hostname",
                                                "192.0.2.9",
                                                "ExternalIP",
                                                "198.51.100.1")));
                    }
                });
                ElectionClient client = client(server)) {
            Cancellable poll = poll(client);
            Awaitility.await().until(() -> server.requests.size() >= 6);
            poll.cancel();
            // the same addresses are told once
            assertThat(seen).containsExactly(Set.of("192.0.2.1", "198.51.100.1", "2001:db8:0:0:0:0:0:1"));
            assertThat(trouble).isEmpty();
        }
    }

    @Test
    void theControlPlaneIsWhoseLabelSaysSoAndWhoIsReady() throws Exception {
        // given Nodes with the label of today, of old, of both, of none; and some that are not Ready
        String today = "\"node-role.kubernetes.io/control-plane\":\"\"";
        String old = "\"node-role.kubernetes.io/master\":\"\"";
        AtomicInteger asked = new AtomicInteger();
        try (StandIn server = StandIn.plain((request, answer) -> {
                    boolean aIsReady = asked.incrementAndGet() < 4;
                    answer.json(
                            200,
                            page(
                                    "",
                                    labelled("a", today, aIsReady ? "True" : "Unknown"),
                                    labelled("b", old, "True"),
                                    labelled("c", today + "," + old, "True"),
                                    labelled("worker", "\"team\":\"net\"", "True"),
                                    labelled("dead", today, "Unknown"),
                                    labelled("", today, "True"),
                                    "{\"metadata\":{\"name\":\"new\",\"labels\":{" + today + "}}}",
                                    "{\"metadata\":{\"name\":\"odd\",\"labels\":7},\"status\":[]}"));
                });
                ElectionClient client = client(server)) {
            // when one stops being Ready
            List<Set<String>> controlPlanes = new CopyOnWriteArrayList<>();
            Cancellable poll = new Nodes(client, Duration.ofMillis(20), Duration.ofMillis(20), trouble::add)
                    .changes()
                    .subscribe()
                    .with(all -> controlPlanes.add(all.controlPlane()));
            Awaitility.await().until(() -> asked.get() >= 8);
            poll.cancel();
            // then
            assertThat(controlPlanes).containsExactly(Set.of("a", "b", "c"), Set.of("b", "c"));
        }
    }

    private static String labelled(String name, String label, String ready) {
        return """
                {"metadata":{"name":"%s","labels":{%s}},"status":{"conditions":[
                {"type":"MemoryPressure","status":"False"},{"type":"Ready","status":"%s"}]}}""".formatted(name, label, ready);
    }

    @Test
    void aRefusalIsToldOnceAndWhatIsKnownStays() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (StandIn server = StandIn.plain((request, answer) -> {
                    int n = asked.incrementAndGet();
                    if (n == 1 || n == 9) {
                        answer.json(200, page("", node("InternalIP", "192.0.2." + n)));
                    } else if (n == 5) {
                        answer.json(200, "{\"items\":7}");
                    } else {
                        answer.status(403, "Forbidden", "nodes is forbidden");
                    }
                });
                ElectionClient client = client(server)) {
            Cancellable poll = poll(client);
            Awaitility.await().until(() -> asked.get() >= 13);
            poll.cancel();
            assertThat(seen).containsExactly(Set.of("192.0.2.1"), Set.of("192.0.2.9"));
            // 403, then nonsense, then 403, and 403 again after the success
            assertThat(trouble).hasSize(4);
            assertThat(trouble.getFirst()).contains("403", "nodes is forbidden", "someone");
        }
    }

    @Test
    void aSentenceThatWasNotPassedOnIsOfferedAgain() throws Exception {
        AtomicInteger offered = new AtomicInteger();
        try (StandIn server =
                        StandIn.plain((request, answer) -> answer.status(403, "Forbidden", "nodes is forbidden"));
                ElectionClient client = client(server)) {
            Cancellable poll = new Nodes(
                            client,
                            Duration.ofMillis(20),
                            Duration.ofMillis(20),
                            sentence -> offered.incrementAndGet() == 3)
                    .changes()
                    .subscribe()
                    .with(all -> seen.add(text(all.owners().keySet())));
            Awaitility.await().until(() -> server.requests.size() >= 6);
            poll.cancel();
            assertThat(offered).hasValue(3);
        }
    }

    @Test
    void aListWithoutEndIsGivenUp() throws Exception {
        try (StandIn server = StandIn.plain(
                        (request, answer) -> answer.json(200, page("more", node("InternalIP", "192.0.2.1"))));
                ElectionClient client = client(server)) {
            Cancellable poll = poll(client);
            Awaitility.await().until(() -> !trouble.isEmpty());
            poll.cancel();
            assertThat(seen).isEmpty();
            assertThat(trouble.getFirst()).contains("more of them");
        }
    }
}
