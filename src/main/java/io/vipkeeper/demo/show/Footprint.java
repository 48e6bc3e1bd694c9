package io.vipkeeper.demo.show;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

import io.vipkeeper.demo.Cluster;
import io.vipkeeper.demo.footprint.Usage;
import io.vipkeeper.demo.lab.LabException;
import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.probe.Probe;
import io.vipkeeper.demo.report.Table;

/** What the program itself needs: the time to start, memory and CPU. */
final class Footprint {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration SETTLED = Duration.ofMinutes(5);
    private static final Duration SAMPLE = Duration.ofSeconds(30);

    private final Cluster cluster;
    private final Screen screen;

    Footprint(Cluster cluster, Screen screen) {
        this.cluster = cluster;
        this.screen = screen;
    }

    /** From the start of the process to the first answer, with no Lease and no other candidate. In nanoseconds. */
    List<Long> starts(int runs) {
        LabNode first = cluster.nodes().getFirst();
        List<Long> starts = new ArrayList<>();
        for (int run = 1; run <= runs; run++) {
            cluster.api().admin().deleteLease("plndr-cp-lock");
            long started = System.nanoTime();
            first.start();
            cluster.probe()
                    .awaitHolder(LIMIT)
                    .orElseThrow(() -> new LabException(
                            "a first node did not take the VIP; its log ends with:\n" + Cluster.tail(first)));
            OptionalLong answered = cluster.probe().timeline().firstAnswer(first.mac(), started);
            starts.add(answered.orElseThrow() - started);
            screen.step("start " + run + ": VIP answers after " + Table.time(starts.getLast()));
            first.stop();
            first.awaitEnd(Duration.ofSeconds(10));
            cluster.probe().awaitNobody(LIMIT);
        }
        return starts;
    }

    /** @param settled whether to wait until the holder is five minutes old */
    String ofHolder(boolean settled) {
        LabNode holder = cluster.probe().awaitHolder(LIMIT).orElseThrow();
        Duration young = SETTLED.minus(SAMPLE).minus(holder.age());
        if (settled && young.isPositive()) {
            screen.step("waiting until the holder " + holder + " is five minutes old");
            Probe.pause(young);
        }
        Usage before = Usage.of(holder.processes());
        Probe.pause(SAMPLE);
        Usage now = Usage.of(holder.processes());
        return String.format(
                Locale.ROOT,
                "holder after %d s: %d MiB resident, %.1f %% of one CPU (over 30 s)",
                holder.age().toSeconds(),
                now.residentKib() / 1024,
                now.cpuShareSince(before) * 100);
    }
}
