package io.vipkeeper.observe;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import jakarta.inject.Singleton;

import io.vipkeeper.keeper.KeeperStatus;

/** The running keeper, as the probes see it; filled once, by whoever starts it. Any thread may ask. */
@Singleton
public final class KeeperView {
    private final AtomicReference<Running> running = new AtomicReference<>();

    /**
     * The keeper runs from now on.
     *
     * @param status the state after the last step, null before the first; from any thread, at once
     * @param nanoClock the pipeline's clock
     * @param longestPause how late a step came at the worst lately, in nanoseconds
     */
    public void show(Supplier<KeeperStatus> status, LongSupplier nanoClock, LongSupplier longestPause) {
        running.set(new Running(status, nanoClock, longestPause, nanoClock.getAsLong()));
    }

    /** Empty until there is a keeper. */
    public Optional<Running> running() {
        return Optional.ofNullable(running.get());
    }

    /** @param shownNanos when the keeper was started, on its clock */
    public record Running(
            Supplier<KeeperStatus> source, LongSupplier nanoClock, LongSupplier longestPause, long shownNanos) {

        /** Empty before the first step. */
        public Optional<KeeperStatus> status() {
            return Optional.ofNullable(source.get());
        }

        /** How long ago the last step was made; before the first one, how long it is awaited. */
        public long stillNanos() {
            long since = status().map(KeeperStatus::turnedNanos).orElse(shownNanos);
            return Math.max(0, nanoClock.getAsLong() - since);
        }
    }
}
