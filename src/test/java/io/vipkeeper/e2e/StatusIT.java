package io.vipkeeper.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import io.vipkeeper.demo.Cluster;
import io.vipkeeper.demo.Packaged;
import io.vipkeeper.demo.api.RealApi;
import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.lab.LabPlan;
import io.vipkeeper.demo.probe.Probe;
import io.vipkeeper.observe.meters.Metric;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What breaks is found from the first line of {@code status}, from the page and from the metrics. No {@link EndToEnd}:
 * here a foreign machine answers for the address, too.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StatusIT {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration SEEN_LIMIT = Duration.ofSeconds(20);

    /** A machine with the address by mistake, which says so again when its port is sure to forward. */
    private static final String FOREIGN = """
            set -e
            ip link add foreign address 02:00:5e:10:00:98 type veth peer name foreign-port
            ip link set foreign-port master vip0 up
            echo 1 > /proc/sys/net/ipv4/conf/foreign/arp_notify
            ip addr add 192.0.2.10/32 dev foreign
            ip link set foreign up
            sleep 0.5
            ip link set foreign address 02:00:5e:10:00:99
            sleep 0.5
            ip link del foreign
            """;

    private static Cluster cluster;
    private static int runs;

    private record Run(int exitCode, String output) {
        String sentence() {
            return output.lines().findFirst().orElse("");
        }
    }

    @BeforeAll
    static void open() {
        Requirements.realApi();
        cluster = Cluster.vipkeeper(new LabPlan(3, false), Cluster.ApiKind.REAL, Map.of());
    }

    @AfterAll
    static void close() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void makeWhole() {
        cluster.awaitWhole(START_LIMIT);
        assertThat(Probe.await(StatusIT::isFast, START_LIMIT)).isTrue();
    }

    private static boolean isFast() {
        return cluster.nodes().stream()
                .map(node -> cluster.api()
                        .admin()
                        .get("http://" + node.apiAddress() + ":2112/q/status")
                        .json())
                .anyMatch(status -> status.path("fast").path("members").size() == 3);
    }

    @AfterEach
    void mend() {
        cluster.nodes().forEach(node -> {
            api().resume(node);
            node.plug();
        });
    }

    @Test
    void aWholeTrioIsWellFromEachNodeAndFromALaptopWithAKubeconfig() throws Exception {
        LabNode holder = holder();

        for (LabNode node : cluster.nodes()) {
            Run run = await(node, one -> one.exitCode() == 0);
            assertThat(run.sentence()).isEqualTo("well: " + holder + " holds, and 2 other candidates could take over");
            assertThat(run.output()).contains("on, with n1, n2, n3", "nftables", "192.0.2.10/32 on eth0 of " + holder);
        }
        // and where no process can be asked: the Leases say it all
        Run laptop = await(holder, one -> one.exitCode() == 0, "--prometheusHTTPServer=:2999");
        assertThat(laptop.sentence()).isEqualTo("well: " + holder + " holds, and 2 other candidates could take over");
        assertThat(laptop.output()).contains("no vipkeeper at").containsPattern("n1 +- +yes +- +[0-9.]+ +nftables");
        // and for programs
        Run json = status(holder, "--output=json");
        assertThat(new ObjectMapper().readTree(json.output()).path("candidates"))
                .hasSize(3);
    }

    @Test
    void aKilledHolderIsNamedWithWhatIsLeft() throws Exception {
        // given
        LabNode holder = holder();
        LabNode other = other(holder);

        // when
        holder.kill();

        // then
        Run run = await(other, one -> one.sentence().contains("of 3 candidates"));
        assertThat(run.sentence())
                .startsWith("degraded: 1 of 3 candidates could not take over: " + holder + " (not heard by ")
                .endsWith("; its machine answers, but no vipkeeper does)");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).contains("EARLY").contains("silence");
        assertThat(metric(other, Metric.PEER_HEARD, "peer", holder.name())).isZero();
        page(other, "This node is well, but hears nothing of " + holder + ".");
    }

    @Test
    void aFrozenApiServerIsSaidAndTheLocalProcessTellsTheRest() throws Exception {
        // given
        LabNode node = other(holder());

        // when
        api().freeze(node);

        // then
        Run run = await(node, one -> one.exitCode() == 1 && one.sentence().contains("API"), "--timeout=1");
        assertThat(run.output()).contains("no usable answer", "holder");
        assertThat(metric(node, Metric.LOCAL_API_READY)).isZero();
        page(node, "This node could not take over now: the API server of this node is unwell.");
    }

    @Test
    void aPulledCableIsSeenByTheOthersAndFromTheNodeItself() throws Exception {
        // given
        LabNode holder = holder();
        LabNode cut = other(holder);

        // when
        cut.unplug();

        // then
        Run seen = await(holder, one -> one.sentence().contains("carry frames"));
        assertThat(seen.exitCode()).isEqualTo(1);
        assertThat(seen.sentence())
                .startsWith("degraded: 1 of 3 candidates could not take over: " + cut + " (not heard by ")
                .contains("the interface cannot carry frames");
        Run own = await(cut, one -> one.exitCode() != 0);
        assertThat(own.output()).contains("the interface cannot carry frames");
        assertThat(metric(cut, Metric.LINK_USABLE)).isZero();
        page(cut, "This node could not take over now: the interface cannot carry frames.");
        page(holder, "This node is well, but hears nothing of " + cut + ".");
    }

    @Test
    @Order(Integer.MAX_VALUE) // It is remembered for a minute.
    void aForeignMachineWithTheAddressIsNamedByItsMac() throws Exception {
        // given
        LabNode holder = holder();
        LabNode other = other(holder);

        // when
        Process foreign = cluster.lab().startOnSwitch("foreign", List.of("sh", "-c", FOREIGN));
        assertThat(foreign.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(foreign.exitValue()).isZero();

        // then
        Run run = await(other, one -> one.sentence().contains("another machine"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.sentence()).startsWith("degraded: another machine, 02:00:5e:10:00:99, claims 192.0.2.10/32");
        assertThat(metric(holder, Metric.FOREIGN_CLAIMS)).isPositive();
        page(
                holder,
                "Another machine, 02:00:5e:10:00:99, claims 192.0.2.10/32: find it by that MAC address and remove the"
                        + " address there.");
    }

    @Test
    void twoNodesDownLeaveNoMajority() throws Exception {
        // given
        LabNode left = holder();

        // when
        cluster.nodes().stream().filter(node -> node != left).forEach(LabNode::kill);

        // then: it is itself again by the Lease alone
        Run run = await(left, one -> one.sentence().startsWith("degraded: 2 of 3"));
        assertThat(run.sentence())
                .endsWith("; without a majority there is no fast path, and a failover waits for the Lease");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(metric(left, Metric.FAST_PATH)).isZero();
        String others = cluster.nodes().stream()
                .filter(node -> node != left)
                .map(LabNode::name)
                .sorted()
                .collect(Collectors.joining(" and "));
        page(
                left,
                "This node is well, but hears nothing of " + others
                        + ": without a majority there is no fast path, and a failover waits for the Lease.");
    }

    @Test
    void aCertificateThatEndsSoonIsSaid() throws Exception {
        // given
        LabNode node = cluster.nodes().getFirst();

        // when
        api().admit(node, "vipkeeper", 3);
        try {
            // then
            Run run = await(node, one -> one.sentence().contains("certificate"));
            assertThat(run.sentence()).contains("ends in 2 d").contains("kubeadm certs renew all");
            page(node, "The certificate for the API server ends in 2 d 23 h: renew it with kubeadm certs renew all.");
        } finally {
            api().admit(node, "vipkeeper");
        }
    }

    /** Waits for that sentence on the page of a node. */
    private static void page(LabNode node, String sentence) {
        new WalkPage(cluster).awaitSentence(node, SEEN_LIMIT, sentence);
    }

    private static Run await(LabNode node, Predicate<Run> wanted, String... arguments) throws Exception {
        long end = System.nanoTime() + SEEN_LIMIT.toNanos();
        Run run = status(node, arguments);
        while (!wanted.test(run) && System.nanoTime() - end < 0) {
            run = status(node, arguments);
        }
        System.out.println("$ vipkeeper status " + String.join(" ", arguments) + " # on " + node + ", exit code "
                + run.exitCode() + "\n" + run.output());
        assertThat(wanted.test(run)).as(run::toString).isTrue();
        return run;
    }

    private static Run status(LabNode node, String... arguments) throws IOException, InterruptedException {
        String label = "status-" + runs++;
        Map<String, String> environment = new HashMap<>(cluster.program().environment(node));
        String[] command = new String[arguments.length + 1];
        command[0] = "status";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = node.startBeside(label, Packaged.find().command(command), environment);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        Path log = node.log().resolveSibling(node.name() + "-" + label + ".log");
        return new Run(process.exitValue(), Files.readString(log));
    }

    private static double metric(LabNode node, Metric metric, String... labels) {
        return Scrape.of(cluster, node).sum(metric, labels);
    }

    private static RealApi api() {
        return (RealApi) cluster.api();
    }

    private static LabNode holder() {
        return cluster.probe().awaitHolder(START_LIMIT).orElseThrow();
    }

    private static LabNode other(LabNode node) {
        return cluster.nodes().stream().filter(one -> one != node).findFirst().orElseThrow();
    }
}
