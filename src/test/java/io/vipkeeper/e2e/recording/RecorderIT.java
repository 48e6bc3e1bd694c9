package io.vipkeeper.e2e.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vipkeeper.demo.Cluster;
import io.vipkeeper.demo.api.RealApi;
import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.lab.LabPlan;
import io.vipkeeper.demo.probe.Probe;
import io.vipkeeper.e2e.Requirements;
import io.vipkeeper.e2e.history.Finding;
import io.vipkeeper.e2e.history.History;
import io.vipkeeper.e2e.history.Recorded;
import io.vipkeeper.e2e.history.Recorded.Filter;
import io.vipkeeper.e2e.history.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/** What is done by hand in a real lab is recorded and, where it is against the rules, found. */
class RecorderIT {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration A_WHILE = Duration.ofSeconds(1);
    private static final List<String> VIP_ON_ETH0 = List.of(LabPlan.VIP + "/32", "dev", "eth0");
    private static final String TABLE = """
            nft -f - <<E
            table netdev other {
            set guarded4 { type ipv4_addr; flags timeout; }
            set live4 { type ipv4_addr; flags timeout; }
            }
            add element netdev other guarded4 { 192.0.2.10 timeout 60s }
            add element netdev other live4 { 192.0.2.10 timeout 300ms }
            E
            nft delete table netdev other
            """;

    @TempDir
    Path folder;

    @BeforeAll
    static void require() {
        Requirements.realApi();
        Requirements.recorders();
    }

    @Test
    void anIntruderInALawfulClusterIsFoundByEveryRule() throws IOException {
        try (Cluster cluster = Cluster.vipkeeper(new LabPlan(2, false), Cluster.ApiKind.REAL);
                Recorder recorder = Recorder.start(cluster.lab(), folder)) {
            // given
            LabNode holder = cluster.startAll(START_LIMIT);
            LabNode intruder = cluster.nodes().stream()
                    .filter(node -> node != holder)
                    .findFirst()
                    .orElseThrow();
            intruder.stop();
            assertThat(intruder.awaitEnd(Duration.ofSeconds(5))).isTrue();
            Probe.pause(A_WHILE);
            long began = Times.now();

            // when
            intruder.ip(concat("addr", "add"));
            Probe.pause(A_WHILE);
            intruder.ip(concat("addr", "del"));
            Probe.pause(A_WHILE);
            Verdict verdict = Verdict.of(recorder.stop());

            // then: nothing before it
            System.out.println(verdict);
            assertThat(verdict.findings())
                    .extracting(Finding::rule)
                    .contains("intervals interleave", "bind without a write", "voice outside a hold", "two admitted");
            assertThat(verdict.findings()).allMatch(finding -> finding.time() >= began);
        }
    }

    @Test
    void filtersAreRecordedOnANodeThatHasLostItsPowerInBetween() throws IOException {
        try (Cluster cluster = Cluster.vipkeeper(new LabPlan(1, false), Cluster.ApiKind.REAL);
                Recorder recorder = Recorder.start(cluster.lab(), folder)) {
            // given
            LabNode node = cluster.nodes().getFirst();
            node.powerOff();
            node.powerOn();
            ((RealApi) cluster.api()).start(node);
            Probe.pause(Duration.ofSeconds(1));

            // when
            run(node, TABLE);
            Probe.pause(A_WHILE);
            History history = recorder.stop();

            // then
            assertThat(history.faults()).isEmpty();
            assertThat(history.fences())
                    .extracting(Recorded.Fence::filter)
                    .containsExactlyInAnyOrder(Filter.GUARDED, Filter.ADMITTED, Filter.UNGUARDED, Filter.BLOCKED);
        }
    }

    private static List<String> concat(String object, String command) {
        return List.of(object, command, VIP_ON_ETH0.get(0), VIP_ON_ETH0.get(1), VIP_ON_ETH0.get(2));
    }

    private static void run(LabNode node, String script) {
        Process process = node.startPiped("script", List.of("sh", "-c", script));
        assertThat(process.onExit().join().exitValue()).isZero();
    }
}
