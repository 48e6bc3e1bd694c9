package io.vipkeeper.cli.preflight.host;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vipkeeper.cli.preflight.finding.Finding.Level;
import io.vipkeeper.cli.preflight.finding.HostFiles;
import io.vipkeeper.vip.VirtualIp;

import static org.assertj.core.api.Assertions.assertThat;

class PrefixRuleTest {

    @TempDir
    Path settings;

    private VirtualIp wide;

    @BeforeEach
    void address() throws IOException {
        wide = new VirtualIp(InetAddress.getByName("192.0.2.10"), 24);
    }

    @Test
    void aWidePrefixIsRefusedInOneSentenceWhereTheNodesAddressWouldGoWithIt() throws IOException {
        // given
        set("all", 0);
        set("eth0", 0);

        // when
        var problem = new PrefixRule(new HostFiles(settings)).problem(List.of(wide), "eth0");

        // then
        assertThat(problem).hasValueSatisfying(sentence -> assertThat(sentence)
                .contains("192.0.2.10/24", "eth0", "leave vip_subnet out", "promote_secondaries=1")
                .doesNotContain("\n"));
    }

    @ParameterizedTest(name = "all={0} eth0={1}")
    @CsvSource({"1,0", "0,1", "1,1"})
    void aWidePrefixIsTakenWhereTheKernelPromotesSecondaries(int all, int nic) throws IOException {
        // given
        set("all", all);
        set("eth0", nic);

        // when, then
        assertThat(new PrefixRule(new HostFiles(settings)).problem(List.of(wide), "eth0"))
                .isEmpty();
    }

    @Test
    void anInterfaceThatIsNotThereYetIsJudgedByTheDefault() throws IOException {
        // given
        set("all", 0);
        set("default", 0);

        // when, then
        assertThat(new PrefixRule(new HostFiles(settings)).problem(List.of(wide), "eth0"))
                .isPresent();
        set("default", 1);
        assertThat(new PrefixRule(new HostFiles(settings)).problem(List.of(wide), "eth0"))
                .isEmpty();
    }

    @Test
    void aHostRouteAndIpv6AreNeverRefused() throws IOException {
        // given
        set("all", 0);
        set("eth0", 0);
        VirtualIp host = VirtualIp.host(InetAddress.getByName("192.0.2.10"));
        VirtualIp six = new VirtualIp(InetAddress.getByName("2001:db8::10"), 64);

        // when, then
        assertThat(new PrefixRule(new HostFiles(settings)).problem(List.of(host, six), "eth0"))
                .isEmpty();
    }

    @Test
    void itIsALineOfPreflightBothWays() throws IOException {
        // given
        set("all", 0);
        set("eth0", 0);
        HostFiles files = new HostFiles(settings);

        // when, then
        assertThat(PrefixRule.finding(files, List.of(wide), "eth0").level()).isEqualTo(Level.FAILURE);
        set("all", 1);
        assertThat(PrefixRule.finding(files, List.of(wide), "eth0").level()).isEqualTo(Level.OK);
    }

    @Test
    void whatCannotBeReadIsNoReasonToRefuse() {
        assertThat(new PrefixRule(new HostFiles(settings)).problem(List.of(wide), "eth0"))
                .isEmpty();
    }

    private void set(String scope, int value) throws IOException {
        Path directory = Files.createDirectories(
                settings.resolve("proc/sys/net/ipv4/conf").resolve(scope));
        Files.writeString(directory.resolve("promote_secondaries"), value + "\n");
    }
}
