package io.vipkeeper.kubernetes.services;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vipkeeper.kubernetes.ElectionClient;
import io.vipkeeper.kubernetes.Kubeconfigs;
import io.vipkeeper.kubernetes.StandIn;
import io.vipkeeper.service.ServiceEvent;
import io.vipkeeper.service.StatusAnswer;
import io.vipkeeper.service.StatusDraft;
import io.vipkeeper.service.plan.Endpoints;
import io.vipkeeper.service.plan.ServiceKey;
import io.vipkeeper.service.plan.ServiceView;
import io.vipkeeper.service.plan.Snapshot;

import static org.assertj.core.api.Assertions.assertThat;

/** What is made of an API server's words, and what is written back. */
final class ServiceFeedTest {
    private static final ServiceKey KEY = new ServiceKey("web", "a");
    private static final String SLICE = """
            {"metadata":{"namespace":"web","name":"%s","labels":{"kubernetes.io/service-name":"a"}},
             "endpoints":[{"nodeName":"node-1","conditions":{"ready":true}},
                          {"nodeName":"node-2","conditions":{"ready":false,"serving":true,"terminating":true}},
                          {"nodeName":"node-3","conditions":{"ready":false}},
                          {"nodeName":"%s"}]}""";

    @TempDir
    private Path folder;

    private final List<Snapshot> seen = new CopyOnWriteArrayList<>();
    private final List<Boolean> gaps = new CopyOnWriteArrayList<>();
    private final List<ServiceEvent> events = new CopyOnWriteArrayList<>();
    private final List<String> trouble = new CopyOnWriteArrayList<>();

    private void told(ServiceEvent event) {
        if (event instanceof ServiceEvent.Seen(Snapshot snapshot, long asOf, boolean missed)) {
            seen.add(snapshot);
            gaps.add(missed);
        }
        events.add(event);
    }

    private static String service(String version, String address) {
        return """
                {"metadata":{"namespace":"web","name":"a","uid":"u-1","resourceVersion":"%s",
                  "creationTimestamp":"2026-01-01T00:00:00Z",
                  "annotations":{"kube-vip.io/loadbalancerIPs":"%s","kube-vip.io/vipHost":"node-1","other.example/x":"y"}},
                 "spec":{"type":"LoadBalancer","externalTrafficPolicy":"Local","loadBalancerIP":"192.0.2.9",
                  "loadBalancerClass":"c","ports":[{"port":80},{"port":53,"protocol":"UDP"}]},
                 "status":{"loadBalancer":{"ingress":[{"ip":"192.0.2.10"},{"hostname":"h.example"}]}}}""".formatted(version, address).replace("\n", "");
    }

    private static String list(String... items) {
        return "{\"metadata\":{\"resourceVersion\":\"9\"},\"items\":[%s]}".formatted(String.join(",", items));
    }

    private static String event(String type, String object) {
        return "{\"type\":\"%s\",\"object\":%s}".formatted(type, object);
    }

    private ElectionClient client(StandIn server) throws IOException {
        return Kubeconfigs.client(folder, server.port(), Duration.ofSeconds(3));
    }

    private static boolean isWatch(StandIn.Request request) {
        return request.target().contains("watch=true");
    }

    private ServiceView newest() {
        return seen.getLast().services().getFirst();
    }

    @Test
    void servicesAndTheirSlicesBecomeOneView() throws Exception {
        // given
        try (StandIn server = StandIn.plain((request, answer) -> {
                    if (isWatch(request)) {
                        answer.streamHead();
                        answer.hang();
                    }
                    String clusterIp = "{\"metadata\":{\"namespace\":\"web\",\"name\":\"b\"},\"spec\":{}}";
                    answer.json(
                            200,
                            request.target().contains("endpointslices")
                                    ? list(
                                            SLICE.formatted("a-1", "node-4"),
                                            SLICE.formatted("a-2", "node-5"),
                                            "7",
                                            "{}")
                                    : list(service("5", "192.0.2.10"), clusterIp, "[]"));
                });
                ElectionClient client = client(server);
                ServiceFeed feed = new ServiceFeed(client, Optional.of("web"), trouble::add, System::nanoTime)) {
            // when
            feed.start(this::told);

            // then
            Awaitility.await().untilAsserted(() -> assertThat(seen).isNotEmpty());
            assertThat(server.requests)
                    .extracting(StandIn.Request::target)
                    .anyMatch(target -> target.startsWith("/api/v1/namespaces/web/services?"))
                    .anyMatch(target -> target.startsWith("/apis/discovery.k8s.io/v1/namespaces/web/endpointslices?"));
            assertThat(seen.getLast().services()).hasSize(1);
            assertThat(newest())
                    .isEqualTo(new ServiceView(
                            KEY,
                            "u-1",
                            "5",
                            "2026-01-01T00:00:00Z",
                            true,
                            Optional.of("c"),
                            true,
                            Set.of(new ServiceView.Port("TCP", 80), new ServiceView.Port("UDP", 53)),
                            "192.0.2.9",
                            Map.of("loadbalancerIPs", "192.0.2.10", "vipHost", "node-1"),
                            List.of("192.0.2.10")));
            assertThat(seen.getLast().endpoints())
                    .containsExactly(
                            Map.entry(KEY, new Endpoints(true, Set.of("node-1", "node-2", "node-4", "node-5"))));
        }
    }

    @Test
    void aVersionTooOldARefusalAndABreakAreEachFollowedByANewListAndWhatWasKnownStays() throws Exception {
        // given a server whose list of Services says another address each time, and which ends each watch another way
        AtomicInteger lists = new AtomicInteger();
        AtomicInteger watches = new AtomicInteger();
        AtomicBoolean forbidden = new AtomicBoolean();
        try (StandIn server = StandIn.plain((request, answer) -> {
                    if (request.target().contains("endpointslices")) {
                        if (isWatch(request)) {
                            answer.streamHead();
                            answer.hang();
                        }
                        answer.json(200, list());
                    } else if (!isWatch(request)) {
                        if (lists.get() == 1 && forbidden.compareAndSet(false, true)) {
                            answer.status(403, "Forbidden", "not now");
                            return;
                        }
                        answer.json(200, list(service("1", "192.0.2." + (10 + lists.getAndIncrement()))));
                    } else {
                        switch (watches.incrementAndGet()) {
                            case 1 -> {
                                answer.streamHead();
                                answer.streamLine(event("ERROR", "{\"code\":410,\"message\":\"too old\"}"));
                                answer.hang();
                            }
                            case 2 -> answer.reset();
                            case 3 -> answer.status(410, "Expired", "too old");
                            default -> {
                                answer.streamHead();
                                answer.streamLine(event("MODIFIED", service("2", "192.0.2.99")));
                                answer.hang();
                            }
                        }
                    }
                });
                ElectionClient client = client(server);
                ServiceFeed feed = new ServiceFeed(client, Optional.empty(), trouble::add, System::nanoTime)) {
            // when
            feed.start(this::told);

            // then
            Awaitility.await().untilAsserted(() -> assertThat(
                            seen.isEmpty() ? "" : newest().annotations().get("loadbalancerIPs"))
                    .isEqualTo("192.0.2.99"));
            assertThat(lists.get()).isGreaterThanOrEqualTo(4);
            assertThat(trouble).anyMatch(text -> text.contains("403"));
            assertThat(gaps.getFirst()).isFalse();
            assertThat(gaps).contains(true);
            assertThat(seen)
                    .allSatisfy(snapshot -> assertThat(snapshot.services()).hasSize(1));
        }
    }

    @Test
    void aServiceThatIsDeletedOrChangesItsTypeIsNoLongerShown() throws Exception {
        // given
        try (StandIn server = StandIn.plain((request, answer) -> {
                    if (!isWatch(request)) {
                        answer.json(
                                200,
                                request.target().contains("endpointslices")
                                        ? list()
                                        : list(service("1", "192.0.2.10")));
                        return;
                    }
                    answer.streamHead();
                    if (!request.target().contains("endpointslices")) {
                        answer.streamLine(event("DELETED", service("2", "192.0.2.10")));
                    }
                    answer.hang();
                });
                ElectionClient client = client(server);
                ServiceFeed feed = new ServiceFeed(client, Optional.empty(), trouble::add, System::nanoTime)) {
            // when
            feed.start(this::told);

            // then
            Awaitility.await()
                    .untilAsserted(() -> assertThat(seen).last().satisfies(snapshot -> assertThat(snapshot.services())
                            .isEmpty()));
        }
    }

    @Test
    void aWatchThatEndsAsAskedProvesThatNothingWasMissedAndTheNextGoesOnFromThereWithoutAList() throws Exception {
        // given a server that ends a watch after the time that it was asked for, with a bookmark
        long began = System.nanoTime();
        try (StandIn server = StandIn.plain((request, answer) -> {
                    if (!isWatch(request)) {
                        answer.json(200, list());
                        return;
                    }
                    answer.streamHead();
                    answer.streamLine(event("BOOKMARK", "{\"metadata\":{\"resourceVersion\":\"17\"}}"));
                    answer.pause(3_000);
                    answer.streamEnd();
                });
                ElectionClient client = client(server);
                ServiceFeed feed = new ServiceFeed(client, Optional.empty(), trouble::add, System::nanoTime)) {
            // when
            feed.start(this::told);

            // then
            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(events)
                    .filteredOn(ServiceEvent.Fresh.class::isInstance)
                    .extracting(event -> ((ServiceEvent.Fresh) event).asOfNanos() - began)
                    .anyMatch(age -> age > 2_500_000_000L));
            assertThat(server.requests.stream().filter(request -> !isWatch(request)))
                    .hasSize(2);
            assertThat(server.requests)
                    .extracting(StandIn.Request::target)
                    .anyMatch(target -> target.contains("resourceVersion=17&timeoutSeconds=3"));
        }
    }

    @ParameterizedTest(name = "{0} means {1}")
    @CsvSource({"200, DONE", "404, MISSING", "409, CONFLICT", "403, FAILED", "500, FAILED"})
    void aStatusIsWrittenForOneVersionOnlyAndTheAnswerTold(int status, StatusAnswer answer) throws Exception {
        // given
        List<String> refusals = new ArrayList<>();
        try (StandIn server = StandIn.plain((request, reply) -> reply.status(status, "X", "y"));
                ElectionClient client = client(server)) {
            ServiceStatuses statuses = new ServiceStatuses(client, refusals::add, System::nanoTime);

            // when
            StatusAnswer got = statuses.write(new StatusDraft(KEY, "u-1", "5", List.of("192.0.2.10"), "node-1"));

            // then
            assertThat(got).isEqualTo(answer);
            StandIn.Request request = server.requests.getFirst();
            assertThat(request.method()).isEqualTo("PATCH");
            assertThat(request.target()).isEqualTo("/api/v1/namespaces/web/services/a/status");
            assertThat(request.body()).isEqualTo("""
                    {"metadata":{"uid":"u-1","resourceVersion":"5","annotations":{"kube-vip.io/vipHost":"node-1"}},\
                    "status":{"loadBalancer":{"ingress":[{"ip":"192.0.2.10","ipMode":"VIP"}]}}}""");
            assertThat(refusals).hasSize(answer == StatusAnswer.FAILED ? 1 : 0);
        }
    }

    @Test
    void failuresOfStatusesAreSaidOnceAndThenOnceAMinuteWithTheirNumber() throws Exception {
        // given
        List<String> refusals = new ArrayList<>();
        AtomicLong clock = new AtomicLong();
        try (StandIn server = StandIn.plain((request, reply) -> reply.status(403, "Forbidden", "y"));
                ElectionClient client = client(server)) {
            ServiceStatuses statuses = new ServiceStatuses(client, refusals::add, clock::get);

            // when
            for (int second : new int[] {0, 1, 30, 59, 61}) {
                clock.set(second * 1_000_000_000L);
                statuses.write(new StatusDraft(KEY, "u-1", "5", List.of("192.0.2.10"), "node-1"));
            }

            // then
            assertThat(refusals).hasSize(2);
            assertThat(refusals.getLast()).contains("and 3 more");
        }
    }

    @ParameterizedTest
    @CsvSource({"a..b", "../x", "A", "''", "a/b"})
    void anObjectWhoseNameNoApiServerWouldTakeIsNoService(String name) throws IOException {
        ObjectNode object = (ObjectNode) new ObjectMapper().readTree(service("1", "192.0.2.10"));
        assertThat(ServiceJson.service(object)).isPresent();

        object.withObject("/metadata").put("name", name);

        assertThat(ServiceJson.service(object)).isEmpty();
    }

    @Test
    void aStatusIsClearedWithItsAnnotation() {
        assertThat(ServiceJson.patch(new StatusDraft(KEY, "u-1", "5", List.of(), ""))
                        .toString())
                .isEqualTo("""
                        {"metadata":{"uid":"u-1","resourceVersion":"5","annotations":{"kube-vip.io/vipHost":null}},\
                        "status":{"loadBalancer":{"ingress":null}}}""");
    }
}
