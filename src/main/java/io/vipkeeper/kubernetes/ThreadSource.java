package io.vipkeeper.kubernetes;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;

/** Sources that block, each on a thread of its own, for as long as somebody subscribes. */
public final class ThreadSource {

    /** The way out of one subscription's thread. */
    public interface Outlet<T> {
        /** Any thread may; only the newest item waits for a subscriber who is slow. */
        void emit(T item);

        /** Whether the thread has to end. */
        boolean isOver();
    }

    private record Emitter<T>(MultiEmitter<? super T> emitter) implements Outlet<T> {
        @Override
        public void emit(T item) {
            emitter.emit(item);
        }

        @Override
        public boolean isOver() {
            return emitter.isCancelled() || Thread.currentThread().isInterrupted();
        }
    }

    private ThreadSource() {}

    /** @param body runs once for each subscription; it is interrupted when that is cancelled, and then has to return */
    public static <T> Multi<T> of(String threadName, Consumer<Outlet<T>> body) {
        return Multi.createFrom()
                .emitter(
                        emitter -> {
                            Thread thread = Thread.ofPlatform()
                                    .name(threadName)
                                    .daemon()
                                    .unstarted(() -> body.accept(new Emitter<>(emitter)));
                            emitter.onTermination(thread::interrupt);
                            thread.start();
                        },
                        BackPressureStrategy.LATEST);
    }

    /** Starts a thread beside that of a subscription, which has to interrupt it. */
    public static Thread beside(String threadName, Runnable body) {
        return Thread.ofPlatform().name(threadName).daemon().start(body);
    }

    /** Sleeps, or less when the thread is interrupted, which it then remains. */
    public static void sleep(Duration pause) {
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
