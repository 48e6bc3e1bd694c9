package io.vipkeeper.kubernetes.events;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vipkeeper.kubernetes.ElectionClient;
import io.vipkeeper.kubernetes.EventApi;
import io.vipkeeper.kubernetes.EventApi.Subject;
import io.vipkeeper.kubernetes.Kubeconfigs;
import io.vipkeeper.kubernetes.StandIn;

import static org.assertj.core.api.Assertions.assertThat;

final class EventPosterTest {
    private static final Subject LEASE =
            new Subject("coordination.k8s.io/v1", "Lease", "kube-system", "plndr-cp-lock", "a-uid");
    private static final Subject NODE = new Subject("v1", "Node", "", "cp-1", "cp-1");
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678901Z");

    @TempDir
    private Path folder;

    private final List<String> refusals = new CopyOnWriteArrayList<>();
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1000);

    private static Happening happening(String series) {
        return new Happening(new EventApi.Text(true, "LostHolding", "StepDown", "why " + "é".repeat(2000)), series, AT);
    }

    private EventPoster poster(ElectionClient client, Subject... subjects) {
        return new EventPoster(new EventApi(client, "cp-1"), () -> List.of(subjects), now::get, refusals::add);
    }

    private ElectionClient client(StandIn server) throws IOException {
        return Kubeconfigs.client(folder, server.port(), Duration.ofSeconds(3));
    }

    private static void awaitRequests(StandIn server, int count) {
        Awaitility.await().until(() -> server.requests.size() >= count);
    }

    @Test
    void anEventIsWrittenForEachSubjectWithinTheServersBounds() throws Exception {
        try (StandIn server = StandIn.plain((request, answer) -> answer.json(201, "{}"));
                ElectionClient client = client(server);
                EventPoster poster = poster(client, LEASE, NODE)) {
            // when
            poster.post(happening("a"));
            awaitRequests(server, 2);

            // then
            StandIn.Request first = server.requests.getFirst();
            JsonNode event = new ObjectMapper().readTree(first.body());
            assertThat(first.method() + " " + first.target())
                    .isEqualTo("POST /apis/events.k8s.io/v1/namespaces/kube-system/events");
            assertThat(event.path("eventTime").asText()).isEqualTo("2026-01-02T03:04:05.678901Z");
            assertThat(event.path("type").asText()).isEqualTo("Warning");
            assertThat(event.path("regarding").path("uid").asText()).isEqualTo("a-uid");
            assertThat(event.path("note").asText().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .hasSizeBetween(1000, 1024);
            assertThat(server.requests.get(1).target()).contains("/namespaces/default/");
            assertThat(server.requests.get(1).body()).doesNotContain("\"namespace\":\"\"");
        }
    }

    @Test
    void whatHappensAgainIsCountedOnTheEventThatIsThere() throws Exception {
        try (StandIn server = StandIn.plain((request, answer) -> answer.json(200, "{}"));
                ElectionClient client = client(server);
                EventPoster poster = poster(client, LEASE)) {
            // when
            poster.post(happening("a"));
            poster.post(happening("a"));
            poster.post(happening("other"));
            poster.post(happening("a"));
            awaitRequests(server, 4);
            now.addAndGet(Duration.ofMinutes(10).toNanos());
            poster.post(happening("a"));
            awaitRequests(server, 5);

            // then
            assertThat(server.requests)
                    .extracting(StandIn.Request::method)
                    .containsExactly("POST", "PATCH", "POST", "PATCH", "POST");
            String name = new ObjectMapper()
                    .readTree(server.requests.getFirst().body())
                    .path("metadata")
                    .path("name")
                    .asText();
            assertThat(server.requests.get(1).target()).endsWith("/events/" + name);
            assertThat(server.requests.get(1).headers()).containsEntry("content-type", "application/merge-patch+json");
            assertThat(server.requests.get(1).body()).contains("\"count\":2");
            assertThat(server.requests.get(3).body()).contains("\"count\":3");
        }
    }

    @Test
    void anEventThatHasExpiredIsWrittenAnew() throws Exception {
        try (StandIn server = StandIn.plain((request, answer) -> {
                    if (request.method().equals("PATCH")) {
                        answer.status(404, "NotFound", "no such Event");
                    } else {
                        answer.json(201, "{}");
                    }
                });
                ElectionClient client = client(server);
                EventPoster poster = poster(client, LEASE)) {
            // when
            poster.post(happening("a"));
            poster.post(happening("a"));
            awaitRequests(server, 3);

            // then
            assertThat(server.requests).extracting(StandIn.Request::method).containsExactly("POST", "PATCH", "POST");
        }
    }

    @Test
    void aRefusalIsSaidOnceAndTriedAgainOnlyByTheNextHappening() throws Exception {
        try (StandIn server =
                        StandIn.plain((request, answer) -> answer.status(403, "Forbidden", "events are forbidden"));
                ElectionClient client = client(server);
                EventPoster poster = poster(client, LEASE, NODE)) {
            // when
            poster.post(happening("a"));
            poster.post(happening("b"));
            awaitRequests(server, 4);

            // then
            assertThat(server.requests).hasSize(4);
            assertThat(refusals).singleElement().asString().contains("403", "events are forbidden");
        }
    }

    @Test
    void aServerThatFailsIsAskedAgainForTheSameEvent() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (StandIn server = StandIn.plain((request, answer) -> {
                    if (asked.incrementAndGet() == 1) {
                        answer.status(503, "ServiceUnavailable", "starting");
                    } else {
                        answer.status(409, "AlreadyExists", "it is there");
                    }
                });
                ElectionClient client = client(server);
                EventPoster poster = poster(client, LEASE)) {
            // when
            poster.post(happening("a"));
            awaitRequests(server, 2);

            // then
            assertThat(server.requests.get(1).body())
                    .isEqualTo(server.requests.get(0).body());
            assertThat(refusals).isEmpty();
        }
    }

    @Test
    void nobodyWaitsForAServerThatHangsAndNotMoreThanAFewEventsDo() throws Exception {
        CountDownLatch thawed = new CountDownLatch(1);
        try (StandIn server = StandIn.plain((request, answer) -> {
                    thawed.await();
                    answer.json(201, "{}");
                });
                ElectionClient client = client(server);
                EventPoster poster = poster(client, LEASE)) {
            // given one under way
            poster.post(happening("first"));
            awaitRequests(server, 1);

            // when
            long began = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                poster.post(happening("series " + i));
            }
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            thawed.countDown();
            awaitRequests(server, 17);
            poster.post(happening("last"));
            awaitRequests(server, 18);

            // then
            assertThat(took).isLessThan(Duration.ofSeconds(1));
            assertThat(server.requests).hasSize(18);
        }
    }
}
