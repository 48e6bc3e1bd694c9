package io.vipkeeper.cli.preflight;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vipkeeper.cli.Columns;
import io.vipkeeper.cli.VipkeeperCommand;
import io.vipkeeper.cli.preflight.Finding.Level;
import io.vipkeeper.config.VipkeeperConfig.Listen;
import io.vipkeeper.kubernetes.LeaseName;
import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseAnswer.Failed;
import io.vipkeeper.lease.LeaseAnswer.Missing;

import static org.assertj.core.api.Assertions.assertThat;

class PreflightTest {
    private static final LeaseName LEASE = new LeaseName("kube-system", "plndr-cp-lock");

    @TempDir
    private Path directory;

    @Test
    void aServerThatAnswersIsWellAlsoWithoutALease() {
        Finding found = new ApiCheck(LEASE, Duration.ofSeconds(30), Missing::new).run();

        assertThat(found.level()).isEqualTo(Level.OK);
        assertThat(found.what())
                .matches("there is no Lease kube-system/plndr-cp-lock yet; "
                        + "5 reads took [0-9.]+ ms in the median, [0-9.]+ ms at most");
    }

    @Test
    void aServerThatNeedsMoreThanHalfOfTheBoundIsAWarning() {
        Finding found = new ApiCheck(LEASE, Duration.ofNanos(1), Missing::new).run();

        assertThat(found.level()).isEqualTo(Level.WARNING);
        assertThat(found.what()).contains("vip_retryperiod");
    }

    @Test
    void theFirstFailureIsToldWithItsRemedy() {
        // given
        Deque<LeaseAnswer> answers =
                new ArrayDeque<>(List.of(new Missing(), new Failed(ApiFailure.FORBIDDEN, "user \u0007 may not")));

        // when
        Finding found = new ApiCheck(LEASE, Duration.ofSeconds(1), answers::remove).run();

        // then
        assertThat(found)
                .isEqualTo(new Finding(
                        Level.FAILURE,
                        "API",
                        "no usable answer: user ? may not; give its user the rights of k8s/010-rbac.yaml"));
    }

    @Test
    void aSmallReceiveBufferIsAWarningAndAnUnknownOneNothing() throws IOException {
        Path maximum = directory.resolve("rmem_max");
        assertThat(HostChecks.receiveBuffer(maximum)).isEmpty();

        Files.writeString(maximum, "212992\n");
        assertThat(HostChecks.receiveBuffer(maximum).orElseThrow().level()).isEqualTo(Level.WARNING);

        Files.writeString(maximum, "4194304\n");
        assertThat(HostChecks.receiveBuffer(maximum).orElseThrow().level()).isEqualTo(Level.OK);
    }

    @Test
    void theReceiveBufferOfThisKernelIsReadWhole() {
        Path maximum = Path.of("/proc/sys/net/core/rmem_max");
        org.assertj.core.api.Assumptions.assumeThat(maximum).exists();

        // The least that the kernel accepts has four digits.
        assertThat(HostChecks.receiveBuffer(maximum).orElseThrow().what()).matches(".* is [0-9]{4,} bytes.*");
    }

    @Test
    void takenPortsAreToldWithTheOptionThatChangesThem() throws IOException {
        try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DatagramSocket udp = new DatagramSocket()) {
            assertThat(Ports.problem(new Listen("127.0.0.1", tcp.getLocalPort()), "the option")
                            .orElseThrow())
                    .contains("127.0.0.1:" + tcp.getLocalPort(), "free it or change the option");
            assertThat(Ports.udpProblem(udp.getLocalPort()).orElseThrow())
                    .contains("UDP port " + udp.getLocalPort(), "vip_peerport");
        }
        assertThat(Ports.udpProblem(0)).isEmpty();
    }

    @Test
    void columnsStandBelowEachOther() {
        assertThat(Columns.of(List.of(List.of("a", "bb", "long last"), List.of("ccc", "d", ""))))
                .containsExactly("a    bb  long last", "ccc  d");
    }

    @Test
    void itTakesTheManagersOptions() {
        assertThat(VipkeeperCommand.commandLine(Map.of())
                        .getSubcommands()
                        .get("preflight")
                        .getCommandSpec()
                        .findOption("--peerPort"))
                .isNotNull();
    }
}
