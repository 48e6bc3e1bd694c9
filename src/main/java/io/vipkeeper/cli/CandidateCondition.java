package io.vipkeeper.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.vipkeeper.keeper.KeeperStatus;
import io.vipkeeper.keeper.Observation;
import io.vipkeeper.keeper.Observer;
import io.vipkeeper.observe.FenceReport;
import io.vipkeeper.observe.Hindrance;

/**
 * Whether this node could hold, and its fence, for the Lease by which people see that from anywhere. What lasts less
 * than two seconds is not worth a write.
 */
final class CandidateCondition implements Observer {
    static final String READY = "ready";
    private static final long SETTLED_NANOS = Duration.ofSeconds(2).toNanos();

    private final Supplier<String> possibleFence;
    private final Consumer<Condition> told;
    private Condition seen = new Condition("", "");
    private Condition said = seen;
    private long seenNanos;

    /** @param text {@link #READY}, or why not */
    record Condition(String text, String fence) {}

    /** @param possibleFence as {@link FenceReport#of} takes it */
    CandidateCondition(Supplier<String> possibleFence, Consumer<Condition> told) {
        this.possibleFence = possibleFence;
        this.told = told;
    }

    @Override
    public void observed(Observation observation, long atNanos) {
        // The status says it all.
    }

    @Override
    public void turned(KeeperStatus status) {
        Condition now = of(status);
        if (!now.equals(seen)) {
            seen = now;
            seenNanos = status.turnedNanos();
        } else if (!now.equals(said) && status.turnedNanos() - seenNanos >= SETTLED_NANOS) {
            said = now;
            told.accept(now);
        }
    }

    private Condition of(KeeperStatus status) {
        List<String> hindrances = Hindrance.textsOf(status);
        return new Condition(
                hindrances.isEmpty() ? READY : String.join("; ", hindrances),
                FenceReport.of(Optional.of(status), possibleFence.get()).kind());
    }
}
