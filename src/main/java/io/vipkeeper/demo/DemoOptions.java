package io.vipkeeper.demo;

import java.nio.file.Path;
import java.util.Optional;

import io.vipkeeper.demo.lab.LabException;

/**
 * What the demonstration is asked to do.
 *
 * @param api where the Leases live
 * @param nodes 2 to 9
 * @param runs how often each fault is tried in the benchmark, 1 to 100
 * @param benchmark all figures, as medians, instead of the guided tour
 * @param compare in the benchmark, whether keepalived is measured too
 * @param csv where the benchmark also writes its figures, if anywhere
 */
public record DemoOptions(
        Cluster.ApiKind api, int nodes, int runs, boolean benchmark, boolean compare, Optional<Path> csv) {

    /** @throws LabException with a sentence for the user, if a number is out of its range */
    public DemoOptions {
        if (nodes < 2 || nodes > 9) {
            throw new LabException("--nodes " + nodes + " is not between 2 and 9");
        }
        if (runs < 1 || runs > 100) {
            throw new LabException("--runs " + runs + " is not between 1 and 100");
        }
    }

    /** The README's first command. */
    public static DemoOptions usual() {
        return new DemoOptions(Cluster.ApiKind.EMBEDDED, 3, 5, false, true, Optional.empty());
    }
}
