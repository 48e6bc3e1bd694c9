package io.vipkeeper.cli.preflight.host;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vipkeeper.cli.preflight.Configs;
import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.cli.preflight.finding.Finding.Level;
import io.vipkeeper.config.VipkeeperConfig;
import io.vipkeeper.linux.Nic;

import static org.assertj.core.api.Assertions.assertThat;

class LinkChecksTest {
    private final Node node = new Node();

    @Test
    void anInterfaceThatIsUpWithAnAddressBesideTheVipIsWell() {
        assertThat(run(Configs.of(), node.facts()))
                .containsExactly(
                        Finding.ok("interface", "eth0 is up and has carrier"),
                        Finding.ok("subnet", "192.0.2.10 is in the subnet of eth0, 192.0.2.1/24"),
                        Finding.ok("own address", "192.0.2.10 is none of this node's addresses"));
    }

    @Test
    void anInterfaceThatIsMissingIsAFailureThatNamesTheOption() {
        Finding named = run(Configs.of(), node.facts(Optional.empty())).getFirst();
        Finding found = run(Configs.of("vip_interface", ""), node.facts(Optional.empty()))
                .getFirst();

        assertThat(named.level()).isEqualTo(Level.FAILURE);
        assertThat(named.sentence()).contains("there is no eth0", "ip -br link", "vip_interface (--interface)");
        assertThat(found.level()).isEqualTo(Level.FAILURE);
        assertThat(found.sentence()).contains("none has a default route", "vip_interface (--interface)");
    }

    @ParameterizedTest(name = "flags {0}, allowed {1}: {2}")
    @CsvSource({
        "0,false,FAILURE,run 'ip link set eth0 up'",
        "0,true,WARNING,run 'ip link set eth0 up'",
        "1,false,FAILURE,plug its cable"
    })
    void anInterfaceThatCarriesNoFramesIsToldWithWhatMendsIt(int flags, boolean allowed, Level level, String remedy) {
        // given
        Nic dead = new Nic("eth0", 2, Node.ETH0.mac(), flags, false);
        VipkeeperConfig config = Configs.of("vip_allow_interface_not_up", String.valueOf(allowed));

        // when
        Finding found = run(config, node.facts(Optional.of(dead))).getFirst();

        // then
        assertThat(found.level()).isEqualTo(level);
        assertThat(found.remedy()).startsWith(remedy);
    }

    @Test
    void aVipOutsideOfEverySubnetOfTheInterfaceIsAWarning() {
        // given addresses of another subnet, of a host route, and of another interface
        node.withoutAddresses()
                .with(Node.own("198.51.100.1", 24, 2))
                .with(Node.own("192.0.2.10", 32, 2))
                .with(Node.own("192.0.2.1", 24, 3));

        // when
        Finding found = run(Configs.of(), node.facts()).get(1);

        // then
        assertThat(found.level()).isEqualTo(Level.WARNING);
        assertThat(found.sentence()).contains("eth0 has no address in a subnet with 192.0.2.10", "ip -br address");
    }

    @Test
    void eachFamilyNeedsASubnetOfItsOwn() {
        // given
        VipkeeperConfig config = Configs.of("address", "192.0.2.10,2001:db8::10");

        // when, then
        assertThat(run(config, node.facts())).extracting(Finding::level).contains(Level.WARNING);
        node.with(Node.own("2001:db8::1", 64, 2));
        assertThat(run(config, node.facts())).extracting(Finding::level).containsOnly(Level.OK);
    }

    @Test
    void aVipThatIsTheNodesOwnIsAFailureWithTheCommandThatRemovesIt() {
        // given
        node.with(Node.own("192.0.2.10", 24, 2));

        // when
        Finding found = run(Configs.of(), node.facts()).getLast();

        // then
        assertThat(found.level()).isEqualTo(Level.FAILURE);
        assertThat(found.remedy()).contains("'ip address del 192.0.2.10/24 dev eth0'");
    }

    @Test
    void aVipThatAnElectorPutThereIsWell() {
        node.with(Node.elected("192.0.2.10", 2));

        assertThat(run(Configs.of(), node.facts()).getLast())
                .isEqualTo(Finding.ok("own address", "192.0.2.10 is on eth0, where an elector put it"));
    }

    private static List<Finding> run(VipkeeperConfig config, HostFacts facts) {
        return new LinkChecks(config, facts).run();
    }
}
