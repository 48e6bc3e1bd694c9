package io.vipkeeper.pipeline;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.vipkeeper.keeper.KeeperStatus;
import io.vipkeeper.keeper.KeeperStep;
import io.vipkeeper.keeper.Observer;

/** Tells the observers what happened, in order, on a thread of their own: no step and no action waits for them. */
final class Audience {
    private final List<Observer> observers;
    private final Executor thread;
    private final Consumer<Throwable> broken;

    /** Empty while no look at the newest status is asked for. */
    private final AtomicReference<KeeperStatus> newest = new AtomicReference<>();

    /** @param broken is told of what an observer was not supposed to throw */
    Audience(List<Observer> observers, Executor thread, Consumer<Throwable> broken) {
        this.observers = List.copyOf(observers);
        this.thread = thread;
        this.broken = broken;
    }

    void tell(KeeperStep step, KeeperStatus status) {
        step.observations()
                .forEach(observation -> run(
                        observation,
                        () -> observers.forEach(observer -> observer.observed(observation, step.atNanos()))));
        if (newest.getAndSet(status) == null) {
            run("the status", this::show);
        }
    }

    /** Runs {@code task} when everything was told. */
    void afterwards(Runnable task) {
        run("the end", task);
    }

    private void run(Object during, Runnable task) {
        thread.execute(ActionRunner.guarded("observer", during, task, broken));
    }

    /** A slow observer misses a status that another one replaced. */
    private void show() {
        KeeperStatus status = newest.getAndSet(null);
        observers.forEach(observer -> observer.turned(status));
    }
}
