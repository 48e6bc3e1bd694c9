package io.vipkeeper.demo.show;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.vipkeeper.demo.Cluster;
import io.vipkeeper.demo.Fault;
import io.vipkeeper.demo.lab.LabException;

/**
 * What the benchmark measures, and where to.
 *
 * @param runs how often each fault is tried, 1 to 100; the one that lasts minutes is tried once
 * @param compare whether keepalived is measured too
 * @param chosen the faults to measure; empty for all, and only then start and footprint are measured as well
 * @param lossSeconds how long the datagram loss lasts, 1 s to a day
 * @param settleSeconds how long a trial waits for the fast path before it begins, 0 to 600
 * @param csv where the time of each run is written, if anywhere
 * @param svg where the picture is drawn, if anywhere
 * @param merge the CSV of an earlier benchmark, for the rows that are not measured now
 */
public record BenchmarkOptions(
        int runs,
        boolean compare,
        List<Fault> chosen,
        int lossSeconds,
        int settleSeconds,
        Optional<Path> csv,
        Optional<Path> svg,
        Optional<Path> merge) {

    private static final int DAY = 86_400;

    /** @throws LabException with a sentence for the user, if a number is out of its range */
    public BenchmarkOptions {
        require("--runs", runs, 1, 100);
        require("--loss-seconds", lossSeconds, 1, DAY);
        require("--settle", settleSeconds, 0, 600);
        chosen = List.copyOf(chosen);
    }

    private static void require(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new LabException(option + " " + value + " is not between " + least + " and " + most);
        }
    }

    /** Those to be tried with a certain API. */
    List<Fault> faults(Cluster.ApiKind api) {
        return Arrays.stream(Fault.values())
                .filter(fault -> chosen.isEmpty() || chosen.contains(fault))
                .filter(fault -> api == Cluster.ApiKind.REAL || !fault.needsApiServers())
                .toList();
    }

    int runs(Fault fault) {
        return fault == Fault.LOSS ? 1 : runs;
    }

    Duration loss() {
        return Duration.ofSeconds(lossSeconds);
    }

    Duration settle() {
        return Duration.ofSeconds(settleSeconds);
    }
}
