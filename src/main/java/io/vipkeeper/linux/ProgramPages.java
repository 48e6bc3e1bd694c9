package io.vipkeeper.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The memory that this process has mapped from its own file, by {@code proc_pid_smaps(5)}. A native executable's start
 * touches most of it, and what runs afterwards needs little. What is needed again comes back from the page cache, sixteen
 * pages at a time and within microseconds.
 */
public final class ProgramPages {
    private static final Path SELF = Path.of("/proc/self");

    /** {@code <asm-generic/mman-common.h>}; read again from the file, which is right for unchanged pages only. */
    private static final int MADV_DONTNEED = 4;

    private static final Pattern MAPPING =
            Pattern.compile("([0-9a-f]{1,15})-([0-9a-f]{1,15}) r-[-x]p \\S+ \\S+ \\d+ +(.*)");
    private static final Pattern NOTHING_CHANGED = Pattern.compile("Anonymous: +0 kB");

    record Range(long start, long length) {}

    private ProgramPages() {}

    /** Gives back what can be read again; does nothing without a readable {@code /proc}. Costs some milliseconds. */
    public static void giveBack(Libc libc) {
        String program;
        List<Range> ranges;
        try (Stream<String> smaps = Files.lines(SELF.resolve("smaps"))) {
            program = Files.readSymbolicLink(SELF.resolve("exe")).toString();
            ranges = unchanged(smaps.toList(), program);
        } catch (IOException | UncheckedIOException e) {
            return;
        }
        ranges.forEach(range -> libc.madvise(range.start(), range.length(), MADV_DONTNEED));
    }

    /** What is mapped of a file, cannot be written to, and is nowhere other than the file: no page was relocated. */
    static List<Range> unchanged(List<String> smaps, String file) {
        List<Range> ranges = new ArrayList<>();
        Range current = null;
        for (String line : smaps) {
            if (line.indexOf('-') > 0) {
                current = range(line, file);
            } else if (current != null && NOTHING_CHANGED.matcher(line).matches()) {
                ranges.add(current);
            }
        }
        return ranges;
    }

    /** Null for a mapping of another kind. */
    private static Range range(String line, String file) {
        Matcher mapping = MAPPING.matcher(line);
        if (!mapping.matches() || !mapping.group(3).equals(file)) {
            return null;
        }
        long start = Long.parseLong(mapping.group(1), 16);
        return new Range(start, Long.parseLong(mapping.group(2), 16) - start);
    }
}
