package io.vipkeeper.cli.preflight.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vipkeeper.cli.preflight.finding.HostFiles;

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
        return problem(HostFiles.text(STATUS).orElse(""));
    }

    static Optional<String> problem(String status) {
        return Optional.of(missing(status))
                .filter(missing -> !missing.isEmpty())
                .map(missing -> "the capability " + missing
                        + " is missing: run as root, or give the container or the unit NET_ADMIN and NET_RAW");
    }

    /**
     * For example {@code NET_ADMIN and NET_RAW}; empty when nothing is missing, or when it cannot be told.
     *
     * @param status the text of {@code /proc/self/status}
     */
    static String missing(String status) {
        return status.lines()
                .filter(line -> line.startsWith(EFFECTIVE))
                .findFirst()
                .map(line -> missing(Long.parseUnsignedLong(
                        line.substring(EFFECTIVE.length()).strip(), 16)))
                .orElse("");
    }

    private static String missing(long effective) {
        List<String> missing = new ArrayList<>();
        if ((effective >> NET_ADMIN & 1) == 0) {
            missing.add("NET_ADMIN");
        }
        if ((effective >> NET_RAW & 1) == 0) {
            missing.add("NET_RAW");
        }
        return String.join(" and ", missing);
    }
}
