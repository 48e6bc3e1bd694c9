package io.vipkeeper.kubernetes;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;

import io.vipkeeper.lease.ApiFailure;

/**
 * The election's own way to the API server: no retries, no rate limit, no proxy, no redirect, and a bound of time that
 * holds for the calling thread whatever the server, the disk or a name server does. Safe for any thread.
 */
public final class ElectionClient implements AutoCloseable {

    /** How large an answer may be; a Lease has a kilobyte, etcd stores no object above 1.5 MiB. */
    static final int LARGEST_ANSWER = 2 << 20;

    /** The names of the checks that failed, a line each. */
    private static final int LARGEST_PROBE = 64 << 10;

    private static final long RECHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long RECHECK_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ApiAccess access;
    private final Duration attempt;
    private final Vertx vertx = Connection.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final TlsDrill drill = new TlsDrill(vertx);
    private final ExecutorService files = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("vipkeeper-api-access").daemon().factory());

    private final CertificateEnds certificates = new CertificateEnds();
    private volatile ApiListener listener = (server, status, nanos) -> {};

    private CompletableFuture<Connection> look;
    private Connection known;
    private long checkedNanos;
    private boolean closed;

    /** @param attempt how long one request may take, from the call to its return */
    public ElectionClient(ApiAccess access, Duration attempt) {
        this.access = access;
        this.attempt = attempt;
    }

    /** The bound of one request. */
    public Duration attempt() {
        return attempt;
    }

    public CertificateEnds certificates() {
        return certificates;
    }

    /** From now on; a watch is not counted, as its answer goes on. */
    public void listen(ApiListener next) {
        listener = next;
    }

    ApiReply exchange(ApiCall.Request request) {
        return exchange(request, attempt, LARGEST_ANSWER);
    }

    /** Blocks until the whole answer is there, or for {@code bound}. */
    ApiReply exchange(ApiCall.Request request, Duration bound, int largest) {
        return exchange(Connection::http, request, bound, largest);
    }

    /** As {@link #exchange}, over connections that no other request uses. */
    ApiReply probe(String uri, Duration bound) {
        return exchange(Connection::probes, ApiCall.Request.get(uri), bound, LARGEST_PROBE);
    }

    /** The server that a request would go to now; blocks for {@code bound} at most, empty while none is known. */
    Optional<ApiServer> server(Duration bound) {
        Connection connection = connection(System.nanoTime() + bound.toNanos());
        return connection.usable() && connection.access() instanceof Access.Ready ready
                ? Optional.of(ready.server())
                : Optional.empty();
    }

    private ApiReply exchange(
            Function<Connection, HttpClient> pool, ApiCall.Request request, Duration bound, int largest) {
        long began = System.nanoTime();
        long deadline = began + bound.toNanos();
        Connection connection = connection(deadline);
        if (!(connection.access() instanceof Access.Ready ready) || !connection.usable()) {
            return new ApiReply.Failed(ApiFailure.NOT_CONFIGURED, connection.problem());
        }
        if (deadline - System.nanoTime() <= 0) {
            return new ApiReply.Failed(ApiFailure.TIMEOUT, from(ready) + ": no time left to ask");
        }
        Collected answer = new Collected(from(ready), largest);
        ApiCall call = ApiCall.start(context, pool.apply(connection), ready, request, answer);
        ApiReply reply = answer.await(deadline);
        if (!answer.isWhole()) {
            call.cancel();
        }
        int status = reply instanceof ApiReply.Answered answered ? answered.status() : 0;
        listener.asked(ready.server().toString(), status, System.nanoTime() - began);
        drill.after(reply, ready);
        return reply;
    }

    /**
     * Opens an answer that goes on; blocks until its head is there, or for {@code bound}.
     *
     * @return the lines, or why there are none
     */
    LineStream.Opening open(String uri, Duration bound) {
        long deadline = System.nanoTime() + bound.toNanos();
        Connection connection = connection(deadline);
        if (!(connection.access() instanceof Access.Ready ready) || !connection.usable()) {
            return new LineStream.Opening.Refused(new ApiReply.Failed(ApiFailure.NOT_CONFIGURED, connection.problem()));
        }
        LineStream lines = new LineStream(from(ready));
        lines.start(sink -> ApiCall.start(context, connection.http(), ready, ApiCall.Request.get(uri), sink));
        return lines.await(deadline);
    }

    /** Stops its threads and connections; requests that still run fail. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        files.shutdownNow();
        vertx.close();
    }

    /** The connection for what the files say, looked at half a second ago at the longest if the disk answers. */
    private Connection connection(long deadline) {
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

    private static String from(Access.Ready ready) {
        return ready.server() + " as " + ready.origin();
    }
}
