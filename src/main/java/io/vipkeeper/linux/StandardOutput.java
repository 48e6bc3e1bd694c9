package io.vipkeeper.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where this process writes to. */
public final class StandardOutput {
    private static final Path FILE = Path.of("/proc/self/fd/1");

    private StandardOutput() {}

    /** Whether it is a terminal; {@link System#console()} says yes to more than that in newer JDKs. */
    public static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(FILE).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
