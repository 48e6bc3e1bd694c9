package io.vipkeeper.kubernetes.probe;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.smallrye.mutiny.subscription.Cancellable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vipkeeper.kubernetes.ApiServerProcess;
import io.vipkeeper.kubernetes.ElectionClient;
import io.vipkeeper.kubernetes.LocalServer;
import io.vipkeeper.kubernetes.LocalServer.Readiness;

import static org.assertj.core.api.Assertions.assertThat;

/** The probe of a real kube-apiserver that serves, freezes, goes on and dies. */
final class LocalApiProbeIT {
    private static final Duration ATTEMPT = Duration.ofSeconds(2);

    @TempDir
    private Path folder;

    private final List<Boolean> told = new CopyOnWriteArrayList<>();

    private Duration awaitTold(long began, boolean ready) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(20))
                .until(() -> !told.isEmpty() && told.getLast() == ready);
        return Duration.ofNanos(System.nanoTime() - began);
    }

    @Test
    void aServerIsProbedFromItsLifeToItsDeath() throws Exception {
        try (ApiServerProcess server = ApiServerProcess.start(folder);
                ElectionClient admin = server.client("admin", "token: all-token", ATTEMPT);
                ElectionClient none = server.client("none", "token: none-token", ATTEMPT);
                ElectionClient stranger = server.client("stranger", "token: who-token", ATTEMPT)) {
            server.awaitReady(admin);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> ready(admin));
            // a user without any right may ask, and one who is unknown is answered, too
            assertThat(ready(none)).isTrue();
            assertThat(ready(stranger)).isTrue();

            // given a server that serves and a watch of it
            Cancellable probe = new LocalApiProbe(new LocalServer(admin), System::nanoTime)
                    .verdicts()
                    .subscribe()
                    .with(event -> {
                        if (told.isEmpty() || told.getLast() != event.ready()) {
                            told.add(event.ready());
                        }
                    });
            awaitTold(System.nanoTime(), true);
            cost(admin);
            assertThat(told).containsExactly(true);

            for (int round = 0; round < 5; round++) {
                // when it freezes
                long began = System.nanoTime();
                server.signalServer("STOP");
                Duration frozen = awaitTold(began, false);
                Duration rest = Duration.ofSeconds(round == 0 ? 15 : 1);
                Awaitility.await().atMost(Duration.ofSeconds(20)).during(rest).until(() -> !told.getLast());
                // and goes on
                began = System.nanoTime();
                server.signalServer("CONT");
                Duration back = awaitTold(began, true);
                System.out.printf("frozen: told after %d ms, back after %d ms%n", frozen.toMillis(), back.toMillis());
                assertThat(frozen).isLessThan(Duration.ofMillis(650));
                assertThat(back).isLessThan(Duration.ofSeconds(3));
            }
            // when it is killed
            long began = System.nanoTime();
            server.signalServer("KILL");
            Duration killed = awaitTold(began, false);
            System.out.printf("killed: told after %d ms%n", killed.toMillis());
            assertThat(killed).isLessThan(Duration.ofMillis(250));
            probe.cancel();
            assertQuiet();
        }
    }

    private static boolean ready(ElectionClient client) {
        return new LocalServer(client).readyz(ATTEMPT) == Readiness.READY;
    }

    /** Five questions and ten connections a second, once the code is compiled, as it is in a process that lives long. */
    private static void cost(ElectionClient client) {
        for (int i = 0; i < 2000; i++) {
            ready(client);
        }
        rest(Duration.ofSeconds(20));
        Duration time = Duration.ofSeconds(10);
        long before = cpuMicros();
        rest(time);
        long each = (cpuMicros() - before) / (time.toMillis() / 100 + time.toMillis() / 200);
        System.out.printf("CPU: %d us a probe%n", each);
        assertThat(each).isLessThan(1000);
    }

    /** Of the threads that have to do with the API server. */
    private static long cpuMicros() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null
                        && (thread.getThreadName().startsWith("vipkeeper-")
                                || thread.getThreadName().startsWith("vert.x-")))
                .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()) / 1000)
                .sum();
    }

    private static void rest(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
            java.util.concurrent.locks.LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    /** A connection that is only tried must not fill the server's log. */
    private void assertQuiet() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("apiserver.log"));
        assertThat(lines).noneMatch(line -> line.contains("handshake") || line.contains("reset by peer"));
    }
}
