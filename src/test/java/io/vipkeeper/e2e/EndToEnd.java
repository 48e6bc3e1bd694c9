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

import static org.assertj.core.api.Assertions.assertThat;

/** One cluster for all scenarios of a class, whole again before each; what holds in all of them is checked after each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EndToEnd {
    static final Duration START_LIMIT = Duration.ofSeconds(60);
    static final Duration LEASE = Duration.ofSeconds(VipkeeperProgram.LEASE_SECONDS);
    /** Nobody renews for the whole lease, and the machine is busy. */
    static final Duration WITHOUT_HOLDER = LEASE.plusMillis(1500);

    private Cluster cluster;
    private long began;

    LabPlan plan() {
        return new LabPlan(3, false);
    }

    /** Whether the nodes run when a scenario begins. */
    boolean startsWhole() {
        return true;
    }

    @BeforeAll
    void openCluster() {
        Requirements.realApi();
        cluster = Cluster.vipkeeper(plan(), Cluster.ApiKind.REAL, Map.of());
    }

    @AfterAll
    void closeCluster(TestInfo info) throws IOException {
        if (cluster != null) {
            keepLogs(info.getTestClass().orElseThrow().getSimpleName());
            cluster.close();
        }
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

    private void keepLogs(String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "e2e", name));
        List<Path> logs;
        try (Stream<Path> files = Files.list(cluster.lab().directory())) {
            logs = files.filter(file -> file.toString().endsWith(".log")).toList();
        }
        for (Path log : logs) {
            Files.copy(log, folder.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
