package io.vipkeeper.demo.show;

import java.util.Optional;

import io.vipkeeper.demo.Cluster;
import io.vipkeeper.demo.lab.LabException;

/**
 * What the demonstration is asked to do.
 *
 * @param api where the Leases live
 * @param nodes 2 to 9
 * @param benchmark all figures of several runs, instead of the guided tour
 */
public record DemoOptions(Cluster.ApiKind api, int nodes, Optional<BenchmarkOptions> benchmark) {

    /** @throws LabException with a sentence for the user, if they do not go together */
    public DemoOptions {
        if (nodes < 2 || nodes > 9) {
            throw new LabException("--nodes " + nodes + " is not between 2 and 9");
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
