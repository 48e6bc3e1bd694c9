package io.vipkeeper.announce;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vipkeeper.linux.JnrLibc;
import io.vipkeeper.linux.KernelException;
import io.vipkeeper.linux.NetworkNamespace;
import io.vipkeeper.linux.Nic;
import io.vipkeeper.vip.VirtualIp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Probes over a cable between two namespaces. */
final class AddressProbeIT {
    private static final String NODE_MAC = "02:00:5e:10:00:01";
    private static final String PEER_MAC = "02:00:5e:10:00:02";
    private static final Duration WAIT = Duration.ofMillis(200);

    private VirtualIp ipv4;
    private VirtualIp ipv6;
    private NetworkNamespace node;
    private NetworkNamespace peer;

    @BeforeEach
    void plugIn() throws Exception {
        ipv4 = VirtualIp.host(InetAddress.getByName("192.0.2.10"));
        ipv6 = VirtualIp.host(InetAddress.getByName("2001:db8::10"));
        node = NetworkNamespace.create();
        peer = NetworkNamespace.create();
        node.cableTo(peer);
        node.ip("link", "set", "nic0", "address", NODE_MAC);
        peer.ip("link", "set", "peer0", "address", PEER_MAC);
        await().atMost(Duration.ofSeconds(3))
                .until(() -> node.ip("link", "show", "nic0").contains("state UP"));
    }

    @AfterEach
    void unplug() {
        node.close();
        peer.close();
    }

    @Test
    void theMachineThatHasTheAddressAnswersWithItsMac() throws Exception {
        // given the addresses as an elector binds them
        peer.ip("addr", "add", "192.0.2.10/32", "dev", "peer0");
        peer.ip("addr", "add", "2001:db8::10/128", "dev", "peer0", "nodad");

        // when, then
        assertThat(ask()).containsExactlyInAnyOrder(claim(ipv4), claim(ipv6));
        assertThat(peer.ip("neigh")).as("no neighbour learned anything").doesNotContain(NODE_MAC);
    }

    @Test
    void nobodyAnswersForAnAddressThatNobodyHas() throws Exception {
        peer.ip("addr", "add", "192.0.2.11/24", "dev", "peer0");
        peer.ip("addr", "add", "2001:db8::11/64", "dev", "peer0", "nodad");

        assertThat(ask()).isEmpty();
    }

    @Test
    void whatThisMachineHasItselfIsNoAnswer() throws Exception {
        node.ip("addr", "add", "192.0.2.10/32", "dev", "nic0");
        node.ip("addr", "add", "2001:db8::10/128", "dev", "nic0", "nodad");

        assertThat(ask()).isEmpty();
    }

    @Test
    void anInterfaceThatIsDownIsToldAsSuch() {
        node.ip("link", "set", "nic0", "down");

        assertThatThrownBy(this::ask).isInstanceOf(KernelException.class).hasMessageContaining("ENETDOWN");
    }

    private Set<Claim> ask() throws Exception {
        String line = node.ip("-o", "link", "show", "nic0");
        int index = Integer.parseInt(line.substring(0, line.indexOf(':')));
        Nic nic = new Nic("nic0", index, NODE_MAC, 1, true);
        Set<Claim> claims = new HashSet<>();
        node.inside(() -> claims.addAll(
                new AddressProbe(new JnrLibc(), nic, Set.of(NODE_MAC)).ask(List.of(ipv4, ipv6), 3, WAIT)));
        return claims;
    }

    private static Claim claim(VirtualIp vip) {
        return new Claim(vip.address(), PEER_MAC);
    }
}
