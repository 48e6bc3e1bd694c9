package io.vipkeeper.cli.preflight.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vipkeeper.cli.preflight.Laid;
import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.cli.preflight.finding.Finding.Level;
import io.vipkeeper.netlink.AddressMessage;
import io.vipkeeper.vip.BindOutcome;

import static org.assertj.core.api.Assertions.assertThat;

class KernelChecksTest {
    private static final BindOutcome DONE = new BindOutcome.Done();

    @TempDir
    private Path root;

    @Test
    void theTwoCapabilitiesAreEnoughAndALackIsAFailure() throws IOException {
        Laid laid = new Laid(root);
        laid.file("proc/self/status", "Name:\tjava\nCapEff:\t0000000000003000\n");
        assertThat(KernelChecks.privileges(laid.files()).level()).isEqualTo(Level.OK);

        laid.file("proc/self/status", "Name:\tjava\nCapEff:\t0000000000001000\n");
        assertThat(KernelChecks.privileges(laid.files()))
                .isEqualTo(Finding.failure(
                        "privileges",
                        "NET_RAW is missing",
                        "addresses need NET_ADMIN and frames NET_RAW",
                        "run as root, or give the container or the unit NET_ADMIN and NET_RAW"));
    }

    @Test
    void nftablesIsWellAndItsLackAWarningWithTheReason() {
        assertThat(KernelChecks.fence("nftables").level()).isEqualTo(Level.OK);
        assertThat(KernelChecks.fence("none: no egress hooks").level()).isEqualTo(Level.WARNING);
        assertThat(KernelChecks.fence("none: no egress hooks").sentence()).contains("no egress hooks");
    }

    @Test
    void anAddressWithItsLifetimeAndItsMarkIsWell() {
        assertThat(KernelChecks.lifetimes(DONE, seen(0x76, 2)).level()).isEqualTo(Level.OK);
    }

    @Test
    void anAddressWithoutItsMarkIsAWarning() {
        assertThat(KernelChecks.lifetimes(DONE, seen(0, 2)).level()).isEqualTo(Level.WARNING);
        assertThat(KernelChecks.lifetimes(DONE, seen(0, 2)).sentence()).contains("IFA_PROTO", "Linux 5.18");
    }

    @Test
    void anAddressThatStaysOrIsRefusedIsAFailure() {
        assertThat(KernelChecks.lifetimes(DONE, seen(0x76, Node.FOREVER)).level())
                .isEqualTo(Level.FAILURE);
        assertThat(KernelChecks.lifetimes(DONE, Optional.empty()).level()).isEqualTo(Level.FAILURE);
        Finding refused = KernelChecks.lifetimes(new BindOutcome.Refused("EPERM"), Optional.empty());
        assertThat(refused.level()).isEqualTo(Level.FAILURE);
        assertThat(refused.why()).isEqualTo("EPERM");
    }

    private static Optional<AddressMessage> seen(int protocol, long seconds) {
        return Optional.of(new AddressMessage(Node.inet("192.0.2.10"), 32, 1, 0, protocol, 0, seconds));
    }
}
