package io.vipkeeper.cli.preflight.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vipkeeper.cli.preflight.Laid;
import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.cli.preflight.finding.Finding.Level;
import io.vipkeeper.linux.Nic;

import static org.assertj.core.api.Assertions.assertThat;

class ProxyCheckTest {
    private static final String ARP_IGNORE = "proc/sys/net/ipv4/conf/all/arp_ignore";
    private static final Nic IPVS = new Nic("kube-ipvs0", 7, "02:00:5e:10:00:07", 0, false);

    @TempDir
    private Path root;

    @Test
    void aNodeWithoutKubeProxysInterfaceIsWell() {
        assertThat(check(new Node()).level()).isEqualTo(Level.OK);
    }

    @Test
    void strictArpIsWellAndItsLackAWarningWithItsCommand() throws IOException {
        // given
        Node node = new Node().with(IPVS).with(Node.own("192.0.2.77", 32, 7));
        new Laid(root).file(ARP_IGNORE, "0\n");

        // when, then
        assertThat(check(node).level()).isEqualTo(Level.WARNING);
        assertThat(check(node).remedy()).contains("edit configmap kube-proxy", "rollout restart daemonset kube-proxy");
        new Laid(root).file(ARP_IGNORE, "1\n");
        assertThat(check(node).level()).isEqualTo(Level.OK);
    }

    @Test
    void aServiceWithTheVipIsAFailureAlsoWithStrictArp() throws IOException {
        Node node = new Node().with(IPVS).with(Node.own("192.0.2.10", 32, 7));
        new Laid(root).file(ARP_IGNORE, "1\n");

        assertThat(check(node).level()).isEqualTo(Level.FAILURE);
        assertThat(check(node).remedy()).contains("grep -F 192.0.2.10");
    }

    private Finding check(Node node) {
        return ProxyCheck.of(node.facts(), List.of(Node.vip("192.0.2.10")), new Laid(root).files());
    }
}
