package io.vipkeeper.kubernetes;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;

import io.vipkeeper.kubernetes.ApiServers.Evidence;
import io.vipkeeper.lease.ApiFailure;

/**
 * The election's own way to the API server: no retries, no rate limit, no proxy, no redirect, and a bound of time that
 * holds for the calling thread whatever the server, the disk or a name server does. While the configured server is ill,
 * the next request goes to another control plane's, as soon as those are known. Safe for any thread.
 */
public final class ElectionClient implements AutoCloseable {

    /** How large an answer may be; a Lease has a kilobyte, etcd stores no object above 1.5 MiB. */
    static final int LARGEST_ANSWER = 2 << 20;

    /** The names of the checks that failed, a line each. */
    private static final int LARGEST_PROBE = 64 << 10;

    private final ApiAccess access;
    private final Duration attempt;
    private final Vertx vertx = Connection.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final TlsDrill drill = new TlsDrill(vertx);
    private final CertificateEnds certificates = new CertificateEnds();
    private final Connections connections;
    private final ApiServers servers = new ApiServers(System::nanoTime);
    private final OpenStreams streams = new OpenStreams();
    private final FirstContact contact = new FirstContact(System::nanoTime);
    private final ServerChecks checks = new ServerChecks(this, servers);
    private volatile Consumer<String> moves = sentence -> {};
    private volatile ApiListener listener = (server, status, nanos) -> {};

    /** @param attempt how long one request may take, from the call to its return */
    public ElectionClient(ApiAccess access, Duration attempt) {
        this.access = access;
        this.attempt = attempt;
        connections = new Connections(access, attempt, vertx, certificates);
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

    /** Whether requests go where the configuration says. */
    public boolean isAtHome() {
        return servers.atHome();
    }

    /** @param moves told a sentence each time that requests go to another server than before; called on any thread */
    public void tellMoves(Consumer<String> moves) {
        this.moves = moves;
    }

    /** @param nodes the addresses of each Node of the control plane */
    void know(List<List<InetAddress>> nodes) {
        Optional<ApiServer> configured = server(attempt);
        configured.ifPresent(server -> fallBackTo(access.others(nodes, server)));
    }

    void fallBackTo(List<ApiServer> others) {
        moved(servers.know(others));
        if (!others.isEmpty()) {
            checks.start();
        }
    }

    ApiReply exchange(ApiCall.Request request) {
        return exchange(request, attempt, LARGEST_ANSWER);
    }

    /** As {@link #exchange}, ahead of all others while no server has answered anything yet. */
    ApiReply exchangeFirst(ApiCall.Request request) {
        contact.begin();
        try {
            Way way = new Way(servers::choose, Connection::http, Evidence.REQUEST_FAILED);
            return exchange(way, request, System.nanoTime() + attempt.toNanos(), LARGEST_ANSWER);
        } finally {
            contact.end();
        }
    }

    /** Blocks until the whole answer is there, or for {@code bound}. */
    ApiReply exchange(ApiCall.Request request, Duration bound, int largest) {
        // What is given little time proves little.
        Evidence failure = bound.compareTo(attempt.dividedBy(2)) < 0 ? Evidence.PROBE_FAILED : Evidence.REQUEST_FAILED;
        Way way = new Way(servers::choose, Connection::http, failure);
        return exchangeInTurn(way, request, bound, largest);
    }

    /** As {@link #exchange} with the configured server, over connections that no other request uses. */
    ApiReply probe(String uri, Duration bound) {
        return probe(configured -> configured, uri, bound);
    }

    /** The same with this server. */
    ApiReply probe(ApiServer server, String uri, Duration bound) {
        return probe(configured -> configured.at(server), uri, bound);
    }

    private ApiReply probe(UnaryOperator<Access.Ready> aim, String uri, Duration bound) {
        Way way = new Way(aim, Connection::probes, Evidence.PROBE_FAILED);
        return exchangeInTurn(way, ApiCall.Request.get(uri), bound, LARGEST_PROBE);
    }

    /** The server that the configuration leads to now; blocks for {@code bound} at most, empty while none is known. */
    Optional<ApiServer> server(Duration bound) {
        Connection connection = connections.connection(System.nanoTime() + bound.toNanos());
        return connection.usable() && connection.access() instanceof Access.Ready ready
                ? Optional.of(ready.server())
                : Optional.empty();
    }

    /** @param failure what it says of a server if nothing good comes back */
    private record Way(UnaryOperator<Access.Ready> aim, Function<Connection, HttpClient> pool, Evidence failure) {}

    private ApiReply exchangeInTurn(Way way, ApiCall.Request request, Duration bound, int largest) {
        long deadline = System.nanoTime() + bound.toNanos();
        contact.await(deadline);
        return exchange(way, request, deadline, largest);
    }

    private ApiReply exchange(Way way, ApiCall.Request request, long deadline, int largest) {
        long began = System.nanoTime();
        Connection connection = connections.connection(deadline);
        if (!(connection.access() instanceof Access.Ready configured) || !connection.usable()) {
            return new ApiReply.Failed(ApiFailure.NOT_CONFIGURED, connection.problem());
        }
        Access.Ready ready = way.aim().apply(configured);
        if (deadline - System.nanoTime() <= 0) {
            return new ApiReply.Failed(ApiFailure.TIMEOUT, from(ready) + ": no time left to ask");
        }
        Collected answer = new Collected(from(ready), largest);
        ApiCall call = ApiCall.start(context, way.pool().apply(connection), ready, request, answer);
        ApiReply reply = answer.await(deadline);
        if (!answer.isWhole()) {
            call.cancel();
        }
        int status = reply instanceof ApiReply.Answered answered ? answered.status() : 0;
        if (status != 0) {
            contact.make();
        }
        listener.asked(ready.server().toString(), status, System.nanoTime() - began);
        drill.after(reply, ready);
        judge(ready.server(), reply, way.failure());
        return reply;
    }

    /** A refusal comes from a server that works; an interrupt says nothing of it. */
    private void judge(ApiServer server, ApiReply reply, Evidence failure) {
        boolean well = reply instanceof ApiReply.Answered answered && answered.status() < 500;
        if (well || !Thread.currentThread().isInterrupted()) {
            moved(servers.report(server, well ? Evidence.WELL : failure));
        }
    }

    private void moved(Optional<ApiServers.Move> move) {
        move.ifPresent(made -> {
            streams.end(made.from());
            moves.accept(
                    made.back()
                            ? "API server " + made.to() + " is well again: requests go there"
                            : "API server " + made.from() + " is ill: requests go to " + made.to());
        });
    }

    /**
     * Opens an answer that goes on; blocks until its head is there, or for {@code bound}. It falls silent when requests
     * begin to go to another server.
     *
     * @return the lines, or why there are none
     */
    LineStream.Opening open(String uri, Duration bound) {
        long deadline = System.nanoTime() + bound.toNanos();
        Connection connection = connections.connection(deadline);
        if (!(connection.access() instanceof Access.Ready configured) || !connection.usable()) {
            return new LineStream.Opening.Refused(new ApiReply.Failed(ApiFailure.NOT_CONFIGURED, connection.problem()));
        }
        Access.Ready ready = servers.choose(configured);
        LineStream lines = streams.open(ready.server(), from(ready));
        lines.start(sink -> ApiCall.start(context, connection.http(), ready, ApiCall.Request.get(uri), sink));
        return lines.await(deadline);
    }

    /** Stops its threads and connections; requests that still run fail. */
    @Override
    public void close() {
        checks.close();
        connections.close();
        vertx.close();
    }

    private static String from(Access.Ready ready) {
        return ready.server() + " as " + ready.origin();
    }
}
