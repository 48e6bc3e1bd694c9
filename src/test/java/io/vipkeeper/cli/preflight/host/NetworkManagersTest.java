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

import static org.assertj.core.api.Assertions.assertThat;

class NetworkManagersTest {
    private static final String LINK = "run/systemd/netif/links/2";
    private static final String FILE = "etc/systemd/network/10-eth0.network";

    @TempDir
    private Path root;

    private Laid laid;

    @BeforeEach
    void layOut() {
        laid = new Laid(root);
    }

    @Test
    void anInterfaceThatNobodyManagesIsWell() throws IOException {
        assertThat(check().level()).isEqualTo(Level.OK);

        laid.file(LINK, "ADMIN_STATE=unmanaged\n").file("run/NetworkManager/devices/2", "[device]\nmanaged=false\n");
        assertThat(check().level()).isEqualTo(Level.OK);
    }

    @Test
    void networkdThatRemovesAddressesIsAWarningWithTheSettingThatKeepsThem() throws IOException {
        // given
        managed("[Match]\nName=eth0\n[Network]\nDHCP=yes\n");

        // when
        Finding found = check();

        // then
        assertThat(found.level()).isEqualTo(Level.WARNING);
        assertThat(found.remedy())
                .contains("KeepConfiguration=static", "/etc/systemd/network/10-eth0.network.d", "networkctl reload");
    }

    @ParameterizedTest(name = "KeepConfiguration={0}: {1}")
    @CsvSource({"static,OK", "yes,OK", "dhcp-on-stop,WARNING", "no,WARNING"})
    void networkdKeepsAddressesWithTheRightValueInTheRightSection(String value, Level level) throws IOException {
        managed("[Network]\nKeepConfiguration = " + value + "\n[DHCP]\nUseDNS=yes\n");
        assertThat(check().level()).isEqualTo(level);

        managed("[DHCP]\nKeepConfiguration=" + value + "\n");
        assertThat(check().level()).isEqualTo(Level.WARNING);
    }

    @Test
    void theLastDropInDecides() throws IOException {
        managed("[Network]\nKeepConfiguration=no\n");
        laid.file("run/systemd/network/10-eth0.network.d/50-keep.conf", "[Network]\nKeepConfiguration=yes\n");
        assertThat(check().level()).isEqualTo(Level.OK);

        laid.file("etc/systemd/network/10-eth0.network.d/90-drop.conf", "[Network]\nKeepConfiguration=no\n");
        assertThat(check().level()).isEqualTo(Level.WARNING);
    }

    @Test
    void networkManagersInterfaceIsAWarningWithTheSettingThatReleasesIt() throws IOException {
        laid.file("run/NetworkManager/devices/2", "[device]\nmanaged=true\n");

        assertThat(check().level()).isEqualTo(Level.WARNING);
        assertThat(check().remedy()).contains("unmanaged-devices=interface-name:eth0");
    }

    private void managed(String network) throws IOException {
        laid.file(LINK, "ADMIN_STATE=configured\nOPER_STATE=routable\nNETWORK_FILE=/" + FILE + "\n")
                .file(FILE, network);
    }

    private Finding check() {
        return new NetworkManagers(laid.files(), Node.ETH0).run();
    }
}
