package io.vipkeeper.cli.common;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

import io.vipkeeper.linux.Nic;

/**
 * What tells machines apart that were given one name. That of the interface that bears the VIP, since names are given
 * twice more easily than MAC addresses; while it has none, the kernel's number of this boot. Two machines must never
 * get the same: each would take the other's Lease for that of its own previous life, and not wait.
 */
public final class MachineId {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    private MachineId() {}

    /** @param nic of the VIP, while it is there */
    public static String of(Optional<Nic> nic) {
        return of(nic, BOOT);
    }

    static String of(Optional<Nic> nic, Path boot) {
        return nic.map(Nic::mac)
                .filter(mac -> mac.chars().anyMatch(c -> c >= '1' && c <= '9' || c >= 'a' && c <= 'f'))
                .orElseGet(() -> ofBoot(boot));
    }

    private static String ofBoot(Path boot) {
        try {
            return "boot-" + Files.readString(boot).strip();
        } catch (IOException e) {
            return "process-" + UUID.randomUUID();
        }
    }
}
