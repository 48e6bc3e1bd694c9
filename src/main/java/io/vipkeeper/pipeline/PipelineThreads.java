package io.vipkeeper.pipeline;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The pipeline's threads, kept apart so that nothing waits for what may hang.
 *
 * @param turns one thread that makes every step and keeps its timer
 * @param kernel one thread for netlink and packets: microseconds each, in order
 * @param audience one thread for whoever listens: a log that nobody reads must not hold up a step
 * @param api a few threads for requests, each bounded by the store; refuses when all of them hang
 */
public record PipelineThreads(
        ScheduledExecutorService turns, ExecutorService kernel, ExecutorService audience, ExecutorService api) {

    private static final int REQUESTS_AT_ONCE = 4;

    public static PipelineThreads create() {
        return create("keeper", REQUESTS_AT_ONCE);
    }

    /** @param requestsAtOnce before one is refused */
    public static PipelineThreads create(String name, int requestsAtOnce) {
        return new PipelineThreads(
                timer(name),
                Executors.newSingleThreadExecutor(named(name + "-kernel")),
                Executors.newSingleThreadExecutor(named(name + "-audience")),
                new ThreadPoolExecutor(
                        1, requestsAtOnce, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), named(name + "-api")));
    }

    /**
     * Threads for requests that wait for their turn.
     *
     * @param atOnce requests under way
     */
    static ExecutorService queue(String name, int atOnce) {
        ThreadPoolExecutor queue =
                new ThreadPoolExecutor(atOnce, atOnce, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
        queue.allowCoreThreadTimeOut(true);
        return queue;
    }

    /** Each step sets the timer anew; one that was given up would still wake the thread. */
    private static ScheduledExecutorService timer(String name) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named(name));
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
