package io.vipkeeper.kubernetes.probe;

import java.util.Optional;

import io.vipkeeper.grant.GrantEvent;

/**
 * What follows from single probes: one that fails is chance, two in a row of one kind are a verdict, and so are two
 * good answers after that. For one thread at a time.
 */
final class ProbeVerdict {
    private static final int ENOUGH = 2;

    private Optional<Boolean> ready = Optional.empty();
    private Optional<Long> evidence = Optional.empty();
    private int refusals;
    private int failures;
    private int successes;
    private long refused;
    private long failed;

    /** Empty until there was enough to tell. */
    Optional<Boolean> ready() {
        return ready;
    }

    /** What shows it, as in {@link GrantEvent.LocalApi}. */
    Optional<Long> evidence() {
        return evidence;
    }

    /**
     * @param began when it was tried
     * @return whether there is news: another verdict, or newer evidence that it serves
     */
    boolean connected(boolean well, long began) {
        refusals = well ? 0 : refusals + 1;
        refused = refusals == 1 ? began : refused;
        return refusals >= ENOUGH && turn(false, refused);
    }

    /**
     * @param began when the server was asked
     * @return whether there is news: another verdict, or newer evidence that it serves
     */
    boolean answered(boolean well, long began) {
        failures = well ? 0 : failures + 1;
        failed = failures == 1 ? began : failed;
        successes = well ? successes + 1 : 0;
        if (!well) {
            return failures >= ENOUGH && turn(false, failed);
        }
        if (ready.orElse(false)) {
            evidence = Optional.of(began);
            return true;
        }
        return (ready.isEmpty() || successes >= ENOUGH) && turn(true, began);
    }

    /** Forgets everything: there is another server to probe, or none. */
    void reset() {
        ready = Optional.empty();
        evidence = Optional.empty();
        refusals = 0;
        failures = 0;
        successes = 0;
    }

    private boolean turn(boolean now, long shown) {
        boolean differs = ready.isEmpty() || ready.get() != now;
        if (differs) {
            ready = Optional.of(now);
            evidence = Optional.of(shown);
            refusals = 0;
            failures = 0;
            successes = 0;
        }
        return differs;
    }
}
