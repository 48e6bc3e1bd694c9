package io.vipkeeper.kubernetes;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.vertx.core.Vertx;

/**
 * The connection for what the files say now. They are read on a thread of their own, so that a disk or a name server
 * that hangs holds up nobody who still has an older one. Safe for any thread.
 */
final class Connections implements AutoCloseable {
    private static final long RECHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long RECHECK_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ApiAccess access;
    private final Duration attempt;
    private final Vertx vertx;
    private final CertificateEnds certificates;
    private final ExecutorService files = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("vipkeeper-api-access").daemon().factory());

    private CompletableFuture<Connection> look;
    private Connection known;
    private long checkedNanos;
    private boolean closed;

    /** @param attempt as {@link Connection#open} takes it, and {@code certificates} too */
    Connections(ApiAccess access, Duration attempt, Vertx vertx, CertificateEnds certificates) {
        this.access = access;
        this.attempt = attempt;
        this.vertx = vertx;
        this.certificates = certificates;
    }

    /** The connection for what the files say, looked at half a second ago at the longest if the disk answers. */
    Connection connection(long deadline) {
        CompletableFuture<Connection> looking;
        Connection fallback;
        synchronized (this) {
            fallback = known;
            if (fallback != null && System.nanoTime() - checkedNanos < RECHECK_NANOS) {
                return fallback;
            }
            looking = looking();
        }
        long left = deadline - System.nanoTime();
        boolean canGoOn = fallback != null && fallback.usable();
        try {
            return looking.get(canGoOn ? Math.min(left, RECHECK_WAIT_NANOS) : left, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The files or the name server do not answer: what was known is better than nothing.
        }
        return canGoOn ? fallback : missing("the kubeconfig or its server's name could not be read in time");
    }

    private synchronized CompletableFuture<Connection> looking() {
        if (closed) {
            return CompletableFuture.completedFuture(missing("the client is closed"));
        }
        if (look == null) {
            CompletableFuture<Connection> started = new CompletableFuture<>();
            look = started;
            try {
                files.execute(() -> look(started));
            } catch (RejectedExecutionException e) {
                started.complete(missing("the client is closed"));
            }
        }
        return look;
    }

    private void look(CompletableFuture<Connection> started) {
        Connection next;
        try {
            next = refreshed(access.look());
        } catch (RuntimeException e) {
            next = missing("the way to the API server cannot be told: " + OneLine.of(e.toString()));
        }
        synchronized (this) {
            known = next;
            checkedNanos = System.nanoTime();
            look = null;
        }
        started.complete(next);
    }

    private Connection refreshed(Access now) {
        Connection before;
        synchronized (this) {
            before = known;
        }
        if (before != null && before.access().equals(now)) {
            return before;
        }
        Connection next = Connection.open(vertx, now, attempt, certificates);
        if (before != null && before.usable()) {
            // Requests in flight keep their connection to the end; a watch notices and comes back with the new one.
            vertx.setTimer(2 * attempt.toMillis() + 1, id -> before.close());
        }
        return next;
    }

    private static Connection missing(String sentence) {
        return Connection.missing(new Access.NotReady(sentence), sentence);
    }

    /** Stops looking; what was found stays open until its event loop ends. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        files.shutdownNow();
    }
}
