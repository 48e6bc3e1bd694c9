package io.vipkeeper.demo.show;

import java.util.Optional;

import io.vipkeeper.demo.Cluster;
import io.vipkeeper.demo.footprint.FootprintOptions;
import io.vipkeeper.demo.lab.LabException;

/**
 * What the demonstration is asked to do.
 *
 * @param api where the Leases live
 * @param nodes 2 to 9
 * @param benchmark all figures of several runs, instead of the guided tour
 * @param footprint what the program needs, instead of both
 */
public record DemoOptions(
        Cluster.ApiKind api, int nodes, Optional<BenchmarkOptions> benchmark, Optional<FootprintOptions> footprint) {

    /** @throws LabException with a sentence for the user, if they do not go together */
    public DemoOptions {
        if (nodes < 2 || nodes > 9) {
            throw new LabException("--nodes " + nodes + " is not between 2 and 9");
        }
        if (benchmark.isPresent() && footprint.isPresent()) {
            throw new LabException("--benchmark and --footprint are measured one after the other: leave one out");
        }
        if (api != Cluster.ApiKind.REAL) {
            benchmark.stream()
                    .flatMap(options -> options.chosen().stream())
                    .filter(fault -> fault.needsApiServers())
                    .findFirst()
                    .ifPresent(fault -> {
                        throw new LabException("--fault " + fault.id()
                                + " needs an API server on each node: add --api real, or leave it out");
                    });
        }
    }
}
