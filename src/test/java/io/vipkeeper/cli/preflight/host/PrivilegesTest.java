package io.vipkeeper.cli.preflight.host;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PrivilegesTest {

    @Test
    void theTwoCapabilitiesAreEnough() {
        assertThat(Privileges.problem("CapEff:\t0000000000003000")).isEmpty();
    }

    @Test
    void eachMissingCapabilityIsNamed() {
        assertThat(Privileges.problem("CapEff:\t0000000000002000").orElseThrow())
                .contains("NET_ADMIN is missing")
                .contains("give the container");
        assertThat(Privileges.problem("CapEff:\t0000000000000000").orElseThrow())
                .contains("NET_ADMIN and NET_RAW is missing");
    }
}
