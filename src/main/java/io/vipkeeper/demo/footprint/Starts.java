package io.vipkeeper.demo.footprint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.vipkeeper.demo.Cluster;
import io.vipkeeper.demo.lab.LabException;
import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.probe.Probe;

/** How long a manager needs until it is live, and until it takes part in the election. In nanoseconds. */
final class Starts {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern CAMPAIGNING = Pattern.compile("startMillis=(\\d+)");

    private final Cluster cluster;
    private final List<Long> live = new ArrayList<>();
    private final List<Long> campaigning = new ArrayList<>();

    Starts(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Starts the first node's manager and stops it again; the two programs that put it into its network count. */
    void run() {
        LabNode node = cluster.nodes().getFirst();
        int before = starts(node).size();
        long started = System.nanoTime();
        node.start();
        String url = Cluster.health(node, "live");
        await(() -> cluster.api().admin().get(url).ok(), "did not become live");
        live.add(System.nanoTime() - started);
        await(() -> starts(node).size() > before, "did not take part in the election");
        campaigning.add(Duration.ofMillis(starts(node).getLast()).toNanos());
        node.stop();
        if (!node.awaitEnd(LIMIT)) {
            throw new LabException(node + " did not stop");
        }
    }

    OptionalLong live() {
        return median(live);
    }

    /** As the program itself says it, from when the kernel made the process, in steps of 10 ms. */
    OptionalLong campaigning() {
        return median(campaigning);
    }

    private static OptionalLong median(List<Long> values) {
        return values.stream()
                .mapToLong(Long::longValue)
                .sorted()
                .skip(values.size() / 2)
                .findFirst();
    }

    private static List<Long> starts(LabNode node) {
        return CAMPAIGNING
                .matcher(node.logText())
                .results()
                .map((MatchResult found) -> Long.parseLong(found.group(1)))
                .toList();
    }

    private void await(BooleanSupplier condition, String otherwise) {
        LabNode node = cluster.nodes().getFirst();
        if (!Probe.await(condition, LIMIT)) {
            throw new LabException(node + " " + otherwise + "; its log ends with:\n" + Cluster.tail(node));
        }
    }
}
