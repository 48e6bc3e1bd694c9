package io.vipkeeper.cli.preflight.host;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vipkeeper.cli.preflight.Laid;
import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.cli.preflight.finding.Finding.Level;
import io.vipkeeper.cli.preflight.finding.HostFiles;
import io.vipkeeper.linux.Nic;

import static org.assertj.core.api.Assertions.assertThat;

class SysctlChecksTest {
    private static final Nic ETH1 = new Nic("eth1", 3, "02:00:5e:10:00:03", 1, true);

    @TempDir
    private Path root;

    private Laid laid;
    private final Node node = new Node();

    @BeforeEach
    void layOut() {
        laid = new Laid(root);
    }

    @ParameterizedTest(name = "all={0} eth0={1} by another NIC {2}: {3}")
    @CsvSource({"0,1,true,WARNING", "1,0,true,WARNING", "1,2,true,OK", "0,0,true,OK", "1,1,false,OK"})
    void strictReversePathsMatterWhereTheDefaultRouteIsElsewhere(int all, int own, boolean elsewhere, Level level)
            throws IOException {
        // given
        set("all", "rp_filter", all);
        set("eth0", "rp_filter", own);
        node.with(ETH1).defaultRouteBy(elsewhere ? ETH1 : Node.ETH0);

        // when
        Finding found = reversePath();

        // then
        assertThat(found.level()).isEqualTo(level);
        assertThat(found.remedy()).isEqualTo(level == Level.OK ? "" : "run 'sysctl -w net.ipv4.conf.eth0.rp_filter=2'");
    }

    @ParameterizedTest(name = "arp_ignore {0}: {1}")
    @CsvSource({"0,OK", "1,OK", "2,FAILURE", "3,OK", "4,FAILURE", "8,FAILURE"})
    void settingsThatKeepTheNodeFromAnsweringAreAFailure(int ignore, Level level) throws IOException {
        set("eth0", "arp_ignore", ignore);

        assertThat(arp().level()).isEqualTo(level);
    }

    @Test
    void aSecondInterfaceInTheSubnetIsAWarningUnlessEachAnswersForItself() throws IOException {
        // given
        node.with(ETH1).with(Node.own("192.0.2.2", 24, 3));

        // when, then
        assertThat(arp().level()).isEqualTo(Level.WARNING);
        assertThat(arp().sentence()).contains("eth1 is in the same subnet", "arp_ignore=1", "arp_announce=2");
        set("all", "arp_ignore", 1);
        assertThat(arp().level()).isEqualTo(Level.OK);
    }

    @Test
    void aSmallReceiveBufferIsAWarningAndAnUnknownOneNothing() throws IOException {
        assertThat(SysctlChecks.receiveBuffer(laid.files())).isEmpty();

        laid.file("proc/sys/net/core/rmem_max", "212992\n");
        assertThat(SysctlChecks.receiveBuffer(laid.files()).orElseThrow().remedy())
                .isEqualTo("run 'sysctl -w net.core.rmem_max=4194304'");

        laid.file("proc/sys/net/core/rmem_max", "4194304\n");
        assertThat(SysctlChecks.receiveBuffer(laid.files()).orElseThrow().level())
                .isEqualTo(Level.OK);
    }

    @Test
    void theReceiveBufferOfThisKernelIsReadWhole() {
        HostFiles own = new HostFiles(Path.of("/"));
        org.assertj.core.api.Assumptions.assumeThat(own.exists("proc/sys/net/core/rmem_max"))
                .isTrue();

        // The least that the kernel accepts has four digits.
        assertThat(SysctlChecks.receiveBuffer(own).orElseThrow().what()).matches(".* is [0-9]{4,} bytes");
    }

    private Finding reversePath() {
        return new SysctlChecks(laid.files(), node.facts(), Node.ETH0).run().getFirst();
    }

    private Finding arp() {
        return new SysctlChecks(laid.files(), node.facts(), Node.ETH0).run().getLast();
    }

    private void set(String scope, String name, int value) throws IOException {
        laid.file("proc/sys/net/ipv4/conf/" + scope + "/" + name, value + "\n");
    }
}
