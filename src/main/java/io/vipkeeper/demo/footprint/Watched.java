package io.vipkeeper.demo.footprint;

import java.util.ArrayList;
import java.util.List;

import io.vipkeeper.demo.footprint.Trend.Point;
import io.vipkeeper.demo.lab.LabException;
import io.vipkeeper.demo.lab.LabNode;

/** One node's program over some time. Trend and CPU leave out the first quarter, in which it warms up. */
final class Watched {
    private final LabNode node;
    private final List<Usage> samples = new ArrayList<>();

    Watched(LabNode node) {
        this.node = node;
    }

    /** @throws LabException if the program has ended */
    void sample() {
        if (!node.isRunning()) {
            throw new LabException("the program on " + node + " has ended");
        }
        samples.add(Usage.of(node.processes()));
    }

    Usage last() {
        return samples.getLast();
    }

    double cpuShare() {
        return last().cpuShareSince(settled().getFirst());
    }

    /** Of the resident memory, in KiB an hour. */
    Trend residentTrend() {
        return Trend.of(settled().stream()
                .map(usage -> new Point(usage.atNanos(), usage.residentKib()))
                .toList());
    }

    private List<Usage> settled() {
        return samples.subList(samples.size() / 4, samples.size());
    }
}
