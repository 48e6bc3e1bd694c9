package io.vipkeeper.pipeline;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.vipkeeper.keeper.KeeperStatus;
import io.vipkeeper.keeper.KeeperStep;
import io.vipkeeper.keeper.Observer;

/** Tells the observers what happened, in order, on a thread of their own: no step and no action waits for them. */
final class Audience {
    /** A hundred steps a second, of which most change nothing that anybody listens for. */
    private static final long LOOK_NANOS = 200_000_000L;

    private final List<Observer> observers;
    private final Executor thread;
    private final Supplier<KeeperStatus> status;
    private final Consumer<Throwable> broken;
    private final AtomicBoolean looking = new AtomicBoolean();
    private OptionalLong lookedNanos = OptionalLong.empty();

    /**
     * @param status the newest, made when it is asked for
     * @param broken is told of what an observer was not supposed to throw
     */
    Audience(List<Observer> observers, Executor thread, Supplier<KeeperStatus> status, Consumer<Throwable> broken) {
        this.observers = List.copyOf(observers);
        this.thread = thread;
        this.status = status;
        this.broken = broken;
    }

    /** From one thread, in the order of the steps. */
    void tell(KeeperStep step) {
        step.observations()
                .forEach(observation -> run(
                        observation,
                        () -> observers.forEach(observer -> observer.observed(observation, step.atNanos()))));
        boolean due = !step.observations().isEmpty()
                || lookedNanos.isEmpty()
                || step.atNanos() - lookedNanos.getAsLong() >= LOOK_NANOS;
        if (due && looking.compareAndSet(false, true)) {
            lookedNanos = OptionalLong.of(step.atNanos());
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

    /** A slow observer misses what another step has replaced. */
    private void show() {
        looking.set(false);
        KeeperStatus newest = status.get();
        observers.forEach(observer -> observer.turned(newest));
    }
}
