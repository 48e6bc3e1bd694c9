package io.vipkeeper.kubernetes.probe;

import java.util.Optional;

/**
 * What follows from single probes: one that fails is chance, two in a row of one kind are a verdict, and so are two
 * good answers after that. For one thread at a time.
 */
final class ProbeVerdict {
    private static final int ENOUGH = 2;

    private Optional<Boolean> ready = Optional.empty();
    private int refusals;
    private int failures;
    private int successes;

    /** Empty until there was enough to tell. */
    Optional<Boolean> ready() {
        return ready;
    }

    /** @return whether the verdict is another one now */
    boolean connected(boolean well) {
        refusals = well ? 0 : refusals + 1;
        return refusals >= ENOUGH && turn(false);
    }

    /** @return whether the verdict is another one now */
    boolean answered(boolean well) {
        failures = well ? 0 : failures + 1;
        successes = well ? successes + 1 : 0;
        if (well) {
            return (ready.isEmpty() || successes >= ENOUGH) && turn(true);
        }
        return failures >= ENOUGH && turn(false);
    }

    /** Forgets everything: there is another server to probe, or none. */
    void reset() {
        ready = Optional.empty();
        refusals = 0;
        failures = 0;
        successes = 0;
    }

    private boolean turn(boolean now) {
        boolean differs = ready.isEmpty() || ready.get() != now;
        if (differs) {
            ready = Optional.of(now);
            refusals = 0;
            failures = 0;
            successes = 0;
        }
        return differs;
    }
}
