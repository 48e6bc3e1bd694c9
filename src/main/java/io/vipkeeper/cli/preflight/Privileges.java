package io.vipkeeper.cli.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether this process may do what the manager does: addresses need NET_ADMIN, frames NET_RAW, and nothing else. */
public final class Privileges {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String EFFECTIVE = "CapEff:";

    /** Bit numbers of linux/capability.h. */
    private static final int NET_ADMIN = 12;

    private static final int NET_RAW = 13;

    private Privileges() {}

    /** What is missing, in one sentence; empty when nothing is, or when it cannot be told. */
    public static Optional<String> problem() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(EFFECTIVE))
                    .findFirst()
                    .flatMap(line -> problem(line.substring(EFFECTIVE.length()).trim()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Optional<String> problem(String effectiveHex) {
        long effective = Long.parseUnsignedLong(effectiveHex, 16);
        List<String> missing = new ArrayList<>();
        if ((effective >> NET_ADMIN & 1) == 0) {
            missing.add("NET_ADMIN");
        }
        if ((effective >> NET_RAW & 1) == 0) {
            missing.add("NET_RAW");
        }
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("the capability " + String.join(" and ", missing)
                        + " is missing: run as root, or give the container or the unit NET_ADMIN and NET_RAW");
    }
}
