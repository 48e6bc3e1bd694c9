package io.vipkeeper.cli.common;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vipkeeper.linux.Nic;

import static org.assertj.core.api.Assertions.assertThat;

/** Two machines without an interface at their start were one machine once, and did not wait for each other's Lease. */
class MachineIdTest {
    @TempDir
    private Path folder;

    @Test
    void theInterfacesAddressTellsTheMachine() {
        assertThat(MachineId.of(Optional.of(nic("02:00:00:00:00:01")), folder)).isEqualTo("02:00:00:00:00:01");
    }

    @Test
    void machinesWithoutTheInterfaceAreToldApartByTheirBootAndKeepTheirIdInARestart() throws IOException {
        // given
        Path one = Files.writeString(folder.resolve("one"), "11111111-1111-4111-8111-111111111111\n");
        Path other = Files.writeString(folder.resolve("other"), "22222222-2222-4222-8222-222222222222\n");

        // then
        assertThat(MachineId.of(Optional.empty(), one))
                .isEqualTo(MachineId.of(Optional.of(nic("")), one))
                .isEqualTo(MachineId.of(Optional.of(nic("00:00:00:00:00:00")), one))
                .isNotEqualTo(MachineId.of(Optional.empty(), other));
    }

    @Test
    void aMachineThatCannotBeKnownIsLikeNoOther() {
        Path nothing = folder.resolve("nothing");

        assertThat(MachineId.of(Optional.empty(), nothing)).isNotEqualTo(MachineId.of(Optional.empty(), nothing));
    }

    private static Nic nic(String mac) {
        return new Nic("eth0", 2, mac, 0, true);
    }
}
