package io.vipkeeper.netlink;

import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vipkeeper.linux.JnrLibc;
import io.vipkeeper.linux.Libc;
import io.vipkeeper.linux.NetworkNamespace;
import io.vipkeeper.linux.Nic;

import static org.assertj.core.api.Assertions.assertThat;

/** The look-up against the kernel. */
final class InterfacesIT {
    private final Libc libc = new JnrLibc();
    private NetworkNamespace node;

    @BeforeEach
    void plugIn() {
        node = NetworkNamespace.create();
        node.ip("link", "add", "nic0", "address", "02:00:5e:10:00:01", "type", "veth", "peer", "name", "nic1");
        node.ip("link", "set", "nic0", "up");
    }

    @AfterEach
    void unplug() {
        node.close();
    }

    @Test
    void findsByNameWithHardwareAddressAndState() throws Exception {
        node.inside(() -> {
            try (Interfaces interfaces = new Interfaces(libc)) {
                // when
                Nic nic = interfaces.find("nic0").orElseThrow();

                // then
                assertThat(nic.mac()).isEqualTo("02:00:5e:10:00:01");
                assertThat(nic.index()).isPositive();
                assertThat(nic.usable()).as("without carrier").isFalse();
                assertThat(interfaces.find("absent")).isEmpty();
                assertThat(interfaces.find("much-longer-than-a-name")).isEmpty();
                assertThat(interfaces.list()).extracting(Nic::name).contains("lo", "nic0", "nic1");

                // when
                node.ip("link", "set", "nic1", "up");

                // then
                assertThat(interfaces.find("nic0").orElseThrow().usable()).isTrue();
                assertThat(interfaces.find("lo").orElseThrow().usable())
                        .as("operational state UNKNOWN")
                        .isTrue();
            }
        });
    }

    @Test
    void takesTheDefaultRouteOfTheLowestMetricAndIpv4First() throws Exception {
        node.ip("link", "set", "nic1", "up");
        node.inside(() -> {
            try (Interfaces interfaces = new Interfaces(libc)) {
                assertThat(interfaces.ofDefaultRoute()).isEmpty();

                node.ip("-6", "route", "add", "default", "dev", "nic1", "metric", "50");
                assertThat(interfaces.ofDefaultRoute().map(Nic::name)).isEqualTo(Optional.of("nic1"));

                node.ip("route", "add", "default", "dev", "nic1", "metric", "200");
                node.ip("route", "add", "default", "dev", "nic0", "metric", "100");
                assertThat(interfaces.ofDefaultRoute().map(Nic::name)).isEqualTo(Optional.of("nic0"));
            }
        });
    }

    @Test
    void understandsADefaultRouteWithSeveralNextHops() throws Exception {
        node.ip("link", "set", "nic1", "up");
        node.ip("route", "add", "default", "nexthop", "dev", "nic1", "nexthop", "dev", "nic0");
        node.inside(() -> {
            try (Interfaces interfaces = new Interfaces(libc)) {
                assertThat(interfaces.ofDefaultRoute().map(Nic::name)).isEqualTo(Optional.of("nic1"));
            }
        });
    }
}
