package io.vipkeeper.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * How long ago this process was started, by {@code proc(5)}. {@link ProcessHandle} counts from the second in which the
 * machine was booted, and so is wrong by up to one.
 */
public final class ProcessAge {
    /** {@code USER_HZ}, the same on every architecture that vipkeeper is built for. */
    private static final int TICK_MILLIS = 10;

    /** Of {@code starttime} behind the command's name, which may hold spaces and parentheses. */
    private static final int START_TIME = 19;

    private ProcessAge() {}

    /** In milliseconds, right to 20; empty without a readable {@code /proc}. */
    public static OptionalLong millis() {
        try {
            return of(Files.readString(Path.of("/proc/self/stat")), Files.readString(Path.of("/proc/uptime")));
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** Of what the two files say; empty when that is not what they are documented to say. */
    static OptionalLong of(String stat, String uptime) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        try {
            long started = Long.parseLong(fields[START_TIME]) * TICK_MILLIS;
            double seconds = Double.parseDouble(uptime.strip().split(" ")[0]);
            return OptionalLong.of(Math.max(0, (long) (seconds * 1000) - started));
        } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
