package io.vipkeeper.cli.preflight.host;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;

import org.junit.jupiter.api.Test;

import io.vipkeeper.cli.preflight.Configs;
import io.vipkeeper.cli.preflight.finding.Finding.Level;
import io.vipkeeper.config.VipkeeperConfig.Listen;

import static org.assertj.core.api.Assertions.assertThat;

class PortsTest {

    @Test
    void takenPortsAreToldWithTheOptionThatChangesThem() throws IOException {
        try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DatagramSocket udp = new DatagramSocket()) {
            Ports.Port taken = Ports.tcp("metrics port", new Listen("127.0.0.1", tcp.getLocalPort()), "the option");

            assertThat(taken.problem().orElseThrow())
                    .startsWith("cannot listen on 127.0.0.1:" + tcp.getLocalPort())
                    .endsWith("; free it or change the option");
            assertThat(Ports.udp(udp.getLocalPort()).problem().orElseThrow())
                    .contains("UDP port " + udp.getLocalPort(), "vip_peerport");
            assertThat(taken.finding(false).level()).isEqualTo(Level.FAILURE);
            assertThat(taken.finding(false).remedy()).contains("ss -lntup \"sport = :" + tcp.getLocalPort() + "\"");
            assertThat(taken.finding(true).level()).as("a manager runs here").isEqualTo(Level.OK);
        }
    }

    @Test
    void freePortsAreWell() {
        assertThat(Ports.udp(0).finding(false).level()).isEqualTo(Level.OK);
        assertThat(Ports.tcp("metrics port", new Listen("127.0.0.1", 0), "").problem())
                .isEmpty();
    }

    @Test
    void aHostThatNobodyKnowsIsAFailure() {
        assertThat(Ports.tcp("metrics port", new Listen("nowhere.invalid", 1), "the option")
                        .finding(false)
                        .why())
                .isEqualTo("the host is unknown");
    }

    @Test
    void everyListenerOfTheConfigurationIsTried() {
        assertThat(Ports.all(Configs.of("health_check_port", "18080")))
                .extracting(Ports.Port::where)
                .containsExactly(":2112", ":18080", "UDP port 2113");
        assertThat(Ports.all(Configs.of("vip_fast", "off")))
                .extracting(Ports.Port::where)
                .containsExactly(":2112");
    }
}
