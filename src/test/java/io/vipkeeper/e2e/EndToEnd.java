package io.vipkeeper.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;

import io.vipkeeper.demo.Cluster;
import io.vipkeeper.demo.VipkeeperProgram;
import io.vipkeeper.demo.api.RealApi;
import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.lab.LabPlan;
import io.vipkeeper.demo.probe.Probe;
import io.vipkeeper.demo.probe.Timeline;
import io.vipkeeper.e2e.history.History;
import io.vipkeeper.e2e.history.Verdict;
import io.vipkeeper.e2e.recording.Recorder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One cluster for all scenarios of a class, whole again before each; what holds in all of them is checked after each.
 * At the end the history of the whole class is judged by what was recorded, which stays in {@code target/e2e/<class>}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EndToEnd {
    static final Duration START_LIMIT = Duration.ofSeconds(60);
    static final Duration LEASE = Duration.ofSeconds(VipkeeperProgram.LEASE_SECONDS);
    /** Nobody renews for the whole lease, and the machine is busy. */
    static final Duration WITHOUT_HOLDER = LEASE.plusMillis(1500);

    private Cluster cluster;
    private Recorder recorder;
    private long began;

    LabPlan plan() {
        return new LabPlan(3, false);
    }

    /** Variables for the managers that replace the usual ones. */
    Map<String, String> environment() {
        return Map.of();
    }

    Cluster.ApiKind apiKind() {
        return Cluster.ApiKind.REAL;
    }

    /** Whether the nodes run when a scenario begins. */
    boolean startsWhole() {
        return apiKind() != Cluster.ApiKind.BARE;
    }

    /** What is to be judged: what was recorded, and what no recorder can know. */
    History seen(History recorded) {
        return recorded;
    }

    @BeforeAll
    void openCluster(TestInfo info) throws IOException {
        Requirements.realApi();
        Requirements.recorders();
        cluster = Cluster.vipkeeper(plan(), apiKind(), environment());
        if (apiKind() == Cluster.ApiKind.REAL) {
            recorder = Recorder.start(cluster.lab(), folder(info).resolve("history"));
        }
    }

    @AfterAll
    void closeCluster(TestInfo info) throws IOException {
        if (cluster == null) {
            return;
        }
        try {
            if (recorder != null) {
                judge(Verdict.of(seen(recorder.stop())), info);
            }
        } finally {
            closeAll(folder(info));
        }
    }

    private void closeAll(Path folder) throws IOException {
        try {
            keepLogs(folder);
            if (recorder != null) {
                recorder.close();
            }
        } finally {
            cluster.close();
        }
    }

    private void judge(Verdict verdict, TestInfo info) {
        System.out.println(info.getDisplayName() + ": " + verdict.report());
        assertThat(verdict.clean()).as(verdict::toString).isTrue();
    }

    @BeforeEach
    void makeWhole() {
        if (startsWhole()) {
            cluster.nodes().forEach(node -> api().start(node));
            cluster.nodes().forEach(node -> assertThat(api().awaitReady(node, START_LIMIT))
                    .isTrue());
            cluster.startAll(START_LIMIT);
        }
        began = System.nanoTime();
    }

    @AfterEach
    void neverTwoAnswering(TestInfo info) {
        if (cluster == null || began == 0) {
            return;
        }
        long end = System.nanoTime();
        Timeline seen = cluster.probe().timeline();
        System.out.printf(
                "%s: client gap %d ms, two answering %d ms, resolution %d ms%n",
                info.getTestMethod().orElseThrow().getName(),
                seen.gapNanos(began, end) / 1_000_000,
                seen.twoAnsweringNanos(began, end) / 1_000_000,
                seen.resolutionNanos(began, end) / 1_000_000);
        assertThat(Duration.ofNanos(seen.twoAnsweringNanos(began, end)))
                .as(() -> "two nodes answering; " + logs())
                .isZero();
    }

    final Cluster cluster() {
        return cluster;
    }

    final RealApi api() {
        return (RealApi) cluster.api();
    }

    final LabNode holder() {
        Optional<LabNode> holder = cluster.probe().awaitHolder(START_LIMIT);
        assertThat(holder).as(this::logs).isPresent();
        return holder.orElseThrow();
    }

    final LabNode otherThan(LabNode node) {
        return cluster.nodes().stream().filter(one -> one != node).findFirst().orElseThrow();
    }

    final LabNode awaitSuccessorOf(LabNode holder, Duration limit) {
        Optional<LabNode> successor = cluster.probe().awaitHolderOtherThan(holder, limit);
        assertThat(successor).as(() -> "nobody took over; " + logs()).isPresent();
        return successor.orElseThrow();
    }

    /** The client's gap since the scenario began. */
    final Duration gap() {
        return Duration.ofNanos(cluster.probe().timeline().gapNanos(began, System.nanoTime()));
    }

    /** Lets the client watch on. */
    final void watch(Duration time) {
        Probe.pause(time);
    }

    /** The ends of all programs' output, for a failure's message. */
    final String logs() {
        return cluster.nodes().stream()
                .map(node -> "the log of " + node + " ends with:\n" + Cluster.tail(node))
                .collect(Collectors.joining("\n"));
    }

    private static Path folder(TestInfo info) {
        return Path.of("target", "e2e", info.getTestClass().orElseThrow().getSimpleName());
    }

    private void keepLogs(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Path> logs;
        try (Stream<Path> files = Files.list(cluster.lab().directory())) {
            logs = files.filter(file -> file.toString().endsWith(".log")).toList();
        }
        for (Path log : logs) {
            Files.copy(log, folder.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
