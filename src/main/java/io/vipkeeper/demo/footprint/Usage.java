package io.vipkeeper.demo.footprint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.vipkeeper.demo.lab.LabException;

/**
 * What some processes together use at one moment, from {@code /proc}. Pages that they share count once for each.
 *
 * @param atNanos on {@link System#nanoTime()}
 * @param cpuTicks since they began, in hundredths of a second (USER_HZ)
 */
public record Usage(long atNanos, long residentKib, long privateDirtyKib, long cpuTicks) {
    private static final double NANOS_PER_TICK = 1e7;
    private static final int USER_TICKS = 11;

    /** @throws LabException if one of them has ended */
    public static Usage of(List<Long> processes) {
        long resident = 0;
        long dirty = 0;
        long ticks = 0;
        try {
            for (long process : processes) {
                Path proc = Path.of("/proc", Long.toString(process));
                List<String> memory = Files.readAllLines(proc.resolve("smaps_rollup"));
                resident += kib(memory.stream(), "Rss:");
                dirty += kib(memory.stream(), "Private_Dirty:");
                ticks += ticks(Files.readString(proc.resolve("stat")));
            }
        } catch (IOException e) {
            throw new LabException("the memory of a program cannot be read: " + e.getMessage(), e);
        }
        return new Usage(System.nanoTime(), resident, dirty, ticks);
    }

    /** The share of one CPU that was used since an earlier moment, 1 for all of it. */
    public double cpuShareSince(Usage earlier) {
        return (cpuTicks - earlier.cpuTicks) * NANOS_PER_TICK / (atNanos - earlier.atNanos);
    }

    /** One line of {@code proc_pid_smaps(5)} or {@code proc_pid_status(5)}; 0 if it is not there. */
    static long kib(Stream<String> lines, String name) {
        return lines.filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                .findFirst()
                .orElse(0);
    }

    /** utime and stime; the name before them may hold spaces and brackets. */
    static long ticks(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]);
    }
}
