package io.vipkeeper.demo.footprint;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vipkeeper.demo.Cluster;
import io.vipkeeper.demo.lab.LabException;
import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.probe.Probe;

/**
 * A cluster in which nothing happens, watched for some time.
 *
 * @param longestPause of the holder's core as its metric told it every 30 s, in seconds; empty of a program without it
 */
record Phase(Watched holder, Watched follower, OptionalDouble longestPause) {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration PERIOD = Duration.ofSeconds(2);

    /** As often as Prometheus would ask; to answer costs the holder something, too. */
    private static final Duration SCRAPE = Duration.ofSeconds(30);

    private static final Pattern PAUSE =
            Pattern.compile("^vipkeeper_pause_longest_seconds(?:\\{[^}\\n]*\\})? (\\S+)", Pattern.MULTILINE);

    /** @throws LabException if nobody holds, or a program ends meanwhile */
    static Phase watch(Cluster cluster, Duration length) {
        LabNode holding =
                cluster.probe().awaitHolder(LIMIT).orElseThrow(() -> new LabException("nobody holds the VIP"));
        Watched holder = new Watched(holding);
        Watched follower = new Watched(cluster.nodes().stream()
                .filter(node -> node != holding)
                .findFirst()
                .orElseThrow());
        long end = System.nanoTime() + length.toNanos();
        long scrape = System.nanoTime() + SCRAPE.toNanos();
        double longest = Double.NEGATIVE_INFINITY;
        while (System.nanoTime() - end < 0) {
            Probe.pause(PERIOD);
            holder.sample();
            follower.sample();
            if (cluster.hasApi() && System.nanoTime() - scrape > 0) {
                scrape += SCRAPE.toNanos();
                longest = Math.max(longest, pause(cluster, holding).orElse(longest));
            }
        }
        return new Phase(
                holder, follower, Double.isInfinite(longest) ? OptionalDouble.empty() : OptionalDouble.of(longest));
    }

    private static OptionalDouble pause(Cluster cluster, LabNode node) {
        Matcher gauge = PAUSE.matcher(cluster.api()
                .admin()
                .get("http://" + node.apiAddress() + ":2112/metrics")
                .body());
        return gauge.find() ? OptionalDouble.of(Double.parseDouble(gauge.group(1))) : OptionalDouble.empty();
    }
}
