package io.vipkeeper.kubernetes;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.smallrye.mutiny.subscription.Cancellable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vipkeeper.lease.LeaseEvent;

import static org.assertj.core.api.Assertions.assertThat;

final class LeaseWatchTest {
    private static final WatchPace PACE =
            new WatchPace(Duration.ofMillis(10), Duration.ofMillis(40), Duration.ofMillis(300), Duration.ofSeconds(60));

    @TempDir
    private Path folder;

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<String> trouble = new CopyOnWriteArrayList<>();

    private static String lease(String version) {
        return LeaseJsonTest.LEASE.replace("\n", "").replace("\"42\"", "\"" + version + "\"");
    }

    private static String list(String version, String items) {
        return "{\"kind\":\"LeaseList\",\"metadata\":{\"resourceVersion\":\"%s\"},\"items\":[%s]}"
                .formatted(version, items);
    }

    private static String event(String type, String object) {
        return "{\"type\":\"%s\",\"object\":%s}".formatted(type, object);
    }

    private Cancellable watch(ElectionClient client) {
        return watch(client, PACE);
    }

    private Cancellable watch(ElectionClient client, WatchPace pace) {
        var store =
                new KubernetesLeaseStore(client, new LeaseName("kube-system", "plndr-cp-lock"), InstantSource.system());
        return new LeaseWatch(client, store, pace, trouble::add)
                .events()
                .subscribe()
                .with(event -> seen.add(text(event)));
    }

    private static String text(LeaseEvent event) {
        return event instanceof LeaseEvent.Seen(var lease)
                ? lease.resourceVersion()
                : event.getClass().getSimpleName();
    }

    private void awaitSeen(String... versions) {
        Awaitility.await().untilAsserted(() -> assertThat(seen).containsSubsequence(versions));
    }

    private static boolean isWatch(StandIn.Request request) {
        return request.target().contains("watch=true");
    }

    private ElectionClient client(StandIn server) throws IOException {
        return Kubeconfigs.client(folder, server.port(), Duration.ofSeconds(3));
    }

    @Test
    void whatIsListedAndWatchedIsDelivered() throws Exception {
        // given a Lease that is listed, changes, goes and comes again
        try (StandIn server = StandIn.plain((request, answer) -> {
                    if (!isWatch(request)) {
                        answer.json(200, list("41", lease("40")));
                        return;
                    }
                    answer.streamHead();
                    answer.streamLine(event("MODIFIED", lease("42")));
                    answer.streamLine(
                            event("BOOKMARK", "{\"kind\":\"Lease\",\"metadata\":{\"resourceVersion\":\"43\"}}"));
                    answer.streamLine(event("DELETED", lease("44")));
                    answer.streamLine(event("ADDED", lease("45")));
                    answer.hang();
                });
                ElectionClient client = client(server)) {
            // when
            Cancellable watch = watch(client);
            // then
            awaitSeen("40", "42", "Gone", "45");
            assertThat(server.requests.get(0).target()).endsWith("/leases?fieldSelector=metadata.name%3Dplndr-cp-lock");
            assertThat(server.requests.get(1).target())
                    .contains("allowWatchBookmarks=true", "resourceVersion=41", "timeoutSeconds=60");
            watch.cancel();
        }
    }

    @Test
    void anEventInManyPiecesIsOne() throws Exception {
        try (StandIn server = StandIn.plain((request, answer) -> {
                    if (!isWatch(request)) {
                        answer.json(200, list("41", ""));
                        return;
                    }
                    answer.streamHead();
                    String line = event("ADDED", lease("42")) + "\n" + event("MODIFIED", lease("43")) + "\n";
                    for (int i = 0; i < line.length(); i += 7) {
                        String piece = line.substring(i, Math.min(line.length(), i + 7));
                        answer.raw(Integer.toHexString(piece.length()) + "\r\n" + piece + "\r\n");
                    }
                    answer.hang();
                });
                ElectionClient client = client(server)) {
            Cancellable watch = watch(client);
            awaitSeen("Gone", "42", "43");
            watch.cancel();
        }
    }

    @Test
    void aVersionTooOldAnEndABreakAndNonsenseAreEachFollowedByANewList() throws Exception {
        // given a server that ends each watch in another way
        AtomicInteger watches = new AtomicInteger();
        AtomicInteger lists = new AtomicInteger();
        try (StandIn server = StandIn.plain((request, answer) -> {
                    if (!isWatch(request)) {
                        int n = lists.incrementAndGet();
                        answer.json(200, list("9", lease(String.valueOf(100 + n))));
                        return;
                    }
                    switch (watches.incrementAndGet()) {
                        case 1 -> answer.status(410, "Expired", "too old");
                        case 2 -> {
                            answer.streamHead();
                            answer.streamLine(
                                    event("ERROR", "{\"kind\":\"Status\",\"code\":410,\"message\":\"too old\"}"));
                            answer.streamEnd();
                        }
                        case 3 -> {
                            answer.streamHead();
                            answer.streamEnd();
                        }
                        case 4 -> answer.reset();
                        case 5 -> {
                            answer.streamHead();
                            answer.streamLine("<html>");
                            answer.hang();
                        }
                        case 6 -> {
                            answer.streamHead();
                            answer.streamLine(event("MODIFIED", "{\"kind\":\"Lease\"}"));
                            answer.hang();
                        }
                        case 7 -> answer.status(403, "Forbidden", "may not watch");
                        case 8 -> answer.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
                        default -> {
                            answer.streamHead();
                            answer.streamLine(event("MODIFIED", lease("200")));
                            answer.hang();
                        }
                    }
                });
                ElectionClient client = client(server)) {
            // when
            Cancellable watch = watch(client);
            // then
            awaitSeen("101", "102", "103", "104", "105", "106", "107", "108", "109", "200");
            assertThat(trouble).anyMatch(sentence -> sentence.contains("403"));
            watch.cancel();
        }
    }

    @Test
    void listsThatFailAreTriedForEver() throws Exception {
        AtomicInteger lists = new AtomicInteger();
        try (StandIn server = StandIn.plain((request, answer) -> {
                    if (isWatch(request)) {
                        answer.streamHead();
                        answer.hang();
                    }
                    switch (lists.incrementAndGet()) {
                        case 1 -> answer.status(500, "InternalError", "no");
                        case 2 -> answer.json(200, "{}");
                        case 3 -> answer.json(200, "[1,");
                        case 4 -> answer.reset();
                        case 5 -> answer.status(401, "Unauthorized", "who");
                        default -> answer.json(200, list("7", lease("7")));
                    }
                });
                ElectionClient client = client(server)) {
            Cancellable watch = watch(client);
            awaitSeen("7");
            assertThat(seen).startsWith("7");
            watch.cancel();
        }
    }

    @Test
    void aWatchThatHangsSilentlyIsNoticed() throws Exception {
        // given a server whose watch says one thing and then nothing, not even an end
        AtomicInteger lists = new AtomicInteger();
        try (StandIn server = StandIn.plain((request, answer) -> {
                    if (!isWatch(request)) {
                        answer.json(200, list("9", lease(String.valueOf(100 + lists.incrementAndGet()))));
                        return;
                    }
                    answer.streamHead();
                    answer.streamLine(event("MODIFIED", lease("200")));
                    answer.hang();
                });
                ElectionClient client = client(server)) {
            // when
            Cancellable watch = watch(client);
            // then it is listed again, and the hung connections are given up
            awaitSeen("101", "200", "102", "200", "103");
            Awaitility.await()
                    .untilAsserted(() -> assertThat(server.connections()).isLessThan(4));
            watch.cancel();
        }
    }

    @Test
    void aServerThatEndsEachWatchAfterOneEventIsNotAskedInATightLoop() throws Exception {
        // given
        WatchPace calm = new WatchPace(
                Duration.ofMillis(400), Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(60));
        List<Long> lists = new CopyOnWriteArrayList<>();
        try (StandIn server = StandIn.plain((request, answer) -> {
                    if (!isWatch(request)) {
                        lists.add(System.nanoTime());
                        answer.json(200, list("9", lease("1")));
                        return;
                    }
                    answer.streamHead();
                    answer.streamLine(event("MODIFIED", lease("2")));
                    answer.streamEnd();
                });
                ElectionClient client = client(server)) {
            // when
            Cancellable watch = watch(client, calm);
            Awaitility.await().until(() -> lists.size() >= 4);
            watch.cancel();
            // then
            assertThat(lists.get(3) - lists.get(1))
                    .isGreaterThan(Duration.ofMillis(700).toNanos());
        }
    }

    @Test
    void cancellingEndsTheConnectionAndTheThread() throws Exception {
        try (StandIn server = StandIn.plain((request, answer) -> {
                    if (!isWatch(request)) {
                        answer.json(200, list("9", lease("1")));
                        return;
                    }
                    answer.streamHead();
                    while (true) {
                        answer.streamLine(event("MODIFIED", lease("2")));
                        answer.pause(5);
                    }
                });
                ElectionClient client = client(server)) {
            // given
            Cancellable watch = watch(client);
            awaitSeen("1", "2");
            // when
            watch.cancel();
            // then
            Awaitility.await().untilAsserted(() -> {
                assertThat(Thread.getAllStackTraces().keySet())
                        .noneMatch(thread -> thread.getName().equals("vipkeeper-lease-watch"));
                assertThat(server.connections()).isLessThanOrEqualTo(1);
            });
        }
    }
}
