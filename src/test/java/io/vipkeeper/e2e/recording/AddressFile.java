package io.vipkeeper.e2e.recording;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vipkeeper.e2e.history.Recorded;

/**
 * Reads what {@code ip -ts -o monitor all-nsid address} printed in UTC. It calls nodes by numbers of its own; which is
 * which is told by an address that only the lab puts there, the node's mark.
 */
final class AddressFile {
    private static final Pattern LINE =
            Pattern.compile("\\[([^]]+)] \\[nsid (\\w+)](Deleted )?\\d+: \\S+ +inet6? ([0-9a-f:.]+)[/ ].*");

    /** @param file its lines; one that is broken off at the end is left out */
    static List<Recorded.Address> read(List<String> file, Map<String, String> nodesByMark, List<String> vips) {
        Map<String, String> nodes = new HashMap<>();
        for (String line : file) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches() && nodesByMark.containsKey(matcher.group(4))) {
                nodes.put(matcher.group(2), nodesByMark.get(matcher.group(4)));
            }
        }
        List<Recorded.Address> events = new ArrayList<>();
        for (String line : file) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches() && vips.contains(matcher.group(4))) {
                String node = nodes.getOrDefault(matcher.group(2), "nsid " + matcher.group(2));
                events.add(new Recorded.Address(
                        nanos(matcher.group(1)), node, matcher.group(4), matcher.group(3) == null));
            }
        }
        return events;
    }

    private static long nanos(String utc) {
        LocalDateTime time = LocalDateTime.parse(utc);
        return time.toEpochSecond(ZoneOffset.UTC) * 1_000_000_000 + time.getNano();
    }

    private AddressFile() {}
}
