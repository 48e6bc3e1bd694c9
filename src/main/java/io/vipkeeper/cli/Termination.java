package io.vipkeeper.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM and SIGINT as an event. Left to the JVM they end it with 143 while every shutdown hook runs at once; an
 * orderly end has an order, and is a success.
 */
final class Termination {
    private final CountDownLatch asked = new CountDownLatch(1);

    /** From now on both signals only count as being asked; call it after Quarkus has started. */
    static Termination awaited() {
        Termination termination = new Termination();
        List.of("TERM", "INT").forEach(name -> Signals.on(name, termination::ask));
        return termination;
    }

    /** Counts as being asked, as a signal does. */
    void ask() {
        asked.countDown();
    }

    /** Blocks until the process is asked to end, or for {@code longest}; an interrupt counts as being asked. */
    void await(Optional<Duration> longest) {
        try {
            if (longest.isEmpty()) {
                asked.await();
            } else if (!asked.await(longest.get().toMillis(), TimeUnit.MILLISECONDS)) {
                ask();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
