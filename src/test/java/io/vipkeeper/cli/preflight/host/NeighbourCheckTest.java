package io.vipkeeper.cli.preflight.host;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.vipkeeper.announce.Claim;
import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.cli.preflight.finding.Finding.Level;
import io.vipkeeper.linux.Errno;
import io.vipkeeper.linux.KernelException;

import static org.assertj.core.api.Assertions.assertThat;

class NeighbourCheckTest {
    private static final String MAC = "02:00:5e:10:00:99";

    @Test
    void anAddressThatNobodyAnswersForIsWell() {
        assertThat(run(Set.of(), "")).isEqualTo(Finding.ok("in use", "no neighbour answers for 192.0.2.10"));
    }

    @Test
    void aStrangersAnswerIsAFailureThatNamesItsMac() {
        Finding found = run(Set.of(claim("192.0.2.10", MAC), claim("192.0.2.11", "02:00:5e:10:00:98")), "");

        assertThat(found.level()).isEqualTo(Level.FAILURE);
        assertThat(found.what()).isEqualTo("192.0.2.10 is answered by " + MAC);
        assertThat(found.remedy()).contains("ip neigh");
    }

    @Test
    void theHoldersAnswerIsWell() {
        Finding found = run(Set.of(claim("192.0.2.10", MAC)), "and the Lease is held by n2");

        assertThat(found)
                .isEqualTo(Finding.ok("in use", "192.0.2.10 is answered by " + MAC + ", and the Lease is held by n2"));
    }

    @Test
    void twoThatAnswerAreAFailureWhoeverHolds() {
        Finding found = run(
                Set.of(claim("192.0.2.10", MAC), claim("192.0.2.10", "02:00:5e:10:00:98")),
                "and the Lease is held by n2");

        assertThat(found.level()).isEqualTo(Level.FAILURE);
        assertThat(found.what()).contains("02:00:5e:10:00:98 and " + MAC);
    }

    @Test
    void aKernelThatSendsNothingIsAWarning() {
        NeighbourCheck check = new NeighbourCheck(
                vips -> {
                    throw new KernelException("sendto", "probe", Errno.ENETDOWN.negated());
                },
                vip -> "");

        assertThat(check.run(List.of(Node.vip("192.0.2.10"))))
                .singleElement()
                .satisfies(found -> assertThat(found.level()).isEqualTo(Level.WARNING))
                .satisfies(found -> assertThat(found.why()).contains("ENETDOWN"));
    }

    private static Finding run(Set<Claim> claims, String evidence) {
        return new NeighbourCheck(vips -> claims, vip -> evidence)
                .run(List.of(Node.vip("192.0.2.10")))
                .getFirst();
    }

    private static Claim claim(String address, String mac) {
        return new Claim(Node.inet(address), mac);
    }
}
