package io.vipkeeper.e2e.recording;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vipkeeper.e2e.history.Recorded;
import io.vipkeeper.e2e.history.Recorded.Filter;

/**
 * Reads stamped lines of {@code nft monitor}: the sets {@code guarded4}, {@code live4} and the same for 6 of a table of
 * family netdev. Of what one transaction does to an element the last counts: it is how a timeout is renewed. The end of
 * a timeout is not printed, so it has to be computed.
 */
final class FenceFile {
    private static final Pattern SET = Pattern.compile("(\\d+) delete set netdev \\S+ (guarded|live)([46])\\b.*");
    private static final Pattern ELEMENT =
            Pattern.compile("(\\d+) (add|delete) element netdev \\S+ (guarded|live)[46] \\{ ([0-9a-f:.]+)( .*|)}.*");
    private static final Pattern COMMIT = Pattern.compile("\\d+ # new generation .*");
    private static final Pattern TIMEOUT = Pattern.compile(".*\\bexpires (\\w+).*");
    private static final Pattern PART = Pattern.compile("(\\d+)(ms|s|m|h|d)");

    private record Element(String set, String vip) {}

    private final String node;
    private final List<String> vips;
    private final Map<Element, Recorded.Fence> transaction = new LinkedHashMap<>();
    private final List<Recorded.Fence> events = new ArrayList<>();

    private FenceFile(String node, List<String> vips) {
        this.node = node;
        this.vips = vips;
    }

    /** @param file lines of {@code nft monitor}, each behind its time in nanoseconds */
    static List<Recorded.Fence> read(String node, List<String> file, List<String> vips) {
        FenceFile read = new FenceFile(node, vips);
        file.forEach(read::take);
        read.commit();
        return read.events;
    }

    private void take(String line) {
        Matcher set = SET.matcher(line);
        Matcher element = ELEMENT.matcher(line);
        if (COMMIT.matcher(line).matches()) {
            commit();
        } else if (set.matches()) {
            boolean ipv6 = set.group(3).equals("6");
            vips.stream()
                    .filter(vip -> vip.contains(":") == ipv6)
                    .forEach(vip -> change(set.group(1), new Element(set.group(2), vip), false, OptionalLong.empty()));
        } else if (element.matches() && vips.contains(element.group(4))) {
            boolean added = element.group(2).equals("add");
            OptionalLong nanos = added ? timeout(element.group(5)) : OptionalLong.empty();
            change(element.group(1), new Element(element.group(3), element.group(4)), added, nanos);
        }
    }

    private void change(String time, Element element, boolean added, OptionalLong nanos) {
        boolean guard = element.set.equals("guarded");
        Filter filter = added ? guard ? Filter.GUARDED : Filter.ADMITTED : guard ? Filter.UNGUARDED : Filter.BLOCKED;
        transaction.put(element, new Recorded.Fence(Long.parseLong(time), node, element.vip, filter, nanos));
    }

    private void commit() {
        events.addAll(transaction.values());
        transaction.clear();
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
