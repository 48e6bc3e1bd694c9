package io.vipkeeper.e2e.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.vipkeeper.e2e.history.Recorded;
import io.vipkeeper.e2e.history.Recorded.Filter;

/**
 * Reads stamped lines of {@code nft monitor}: the sets {@code live4} and {@code live6} of a table of family netdev hold
 * what may pass. The end of an element's timeout is not printed, so it has to be computed.
 */
final class FenceFile {
    private static final Pattern SET = Pattern.compile("(\\d+) (add|delete) set netdev \\S+ live([46])\\b.*");
    private static final Pattern ELEMENT =
            Pattern.compile("(\\d+) (add|delete) element netdev \\S+ live[46] \\{ ([0-9a-f:.]+)( .*|)}.*");
    private static final Pattern TIMEOUT = Pattern.compile(".*\\bexpires (\\w+).*");
    private static final Pattern PART = Pattern.compile("(\\d+)(ms|s|m|h|d)");

    private FenceFile() {}

    /** @param file lines of {@code nft monitor}, each behind its time in nanoseconds */
    static List<Recorded.Fence> read(String node, List<String> file, List<String> vips) {
        List<Recorded.Fence> events = new ArrayList<>();
        for (String line : file) {
            set(node, line, vips).forEach(events::add);
            element(node, line, vips).ifPresent(events::add);
        }
        return events;
    }

    private static Stream<Recorded.Fence> set(String node, String line, List<String> vips) {
        Matcher matcher = SET.matcher(line);
        if (!matcher.matches()) {
            return Stream.empty();
        }
        boolean ipv6 = matcher.group(3).equals("6");
        Filter filter = matcher.group(2).equals("add") ? Filter.RAISED : Filter.GONE;
        return vips.stream()
                .filter(vip -> vip.contains(":") == ipv6)
                .map(vip ->
                        new Recorded.Fence(Long.parseLong(matcher.group(1)), node, vip, filter, OptionalLong.empty()));
    }

    private static Optional<Recorded.Fence> element(String node, String line, List<String> vips) {
        Matcher matcher = ELEMENT.matcher(line);
        if (!matcher.matches() || !vips.contains(matcher.group(3))) {
            return Optional.empty();
        }
        boolean added = matcher.group(2).equals("add");
        return Optional.of(new Recorded.Fence(
                Long.parseLong(matcher.group(1)),
                node,
                matcher.group(3),
                added ? Filter.ADMITTED : Filter.BLOCKED,
                added ? timeout(matcher.group(4)) : OptionalLong.empty()));
    }

    private static OptionalLong timeout(String attributes) {
        Matcher matcher = TIMEOUT.matcher(attributes);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        long nanos = 0;
        Matcher part = PART.matcher(matcher.group(1));
        while (part.find()) {
            nanos += Long.parseLong(part.group(1)) * unit(part.group(2));
        }
        return OptionalLong.of(nanos);
    }

    private static long unit(String name) {
        return switch (name) {
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 86_400_000_000_000L;
        };
    }
}
