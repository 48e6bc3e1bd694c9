package io.vipkeeper.kubernetes;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

import io.vipkeeper.lease.ApiFailure;

/** The API server that the configuration leads to, if it runs on this very node. For any thread. */
public final class LocalServer {
    /** An address may come to this node, or leave it, but not often. */
    private static final Duration JUDGEMENT = Duration.ofSeconds(5);

    private final ElectionClient client;
    private Optional<ApiServer> judged = Optional.empty();
    private Optional<InetSocketAddress> here = Optional.empty();
    private long judgedNanos;

    /** What one question brought. */
    public enum Readiness {
        /** It serves. */
        READY,
        /** It refuses, fails or is silent. */
        NOT_READY,
        /** It was not asked, as the way to it is not known. */
        UNKNOWN
    }

    /** The client's configuration says which server that is; it may change. */
    public LocalServer(ElectionClient client) {
        this.client = client;
    }

    /**
     * Where it listens; empty if that is not this node, or while it was never known. Credentials that are being replaced
     * move no server.
     *
     * @param bound how long that may take, from the call to its return
     */
    public synchronized Optional<InetSocketAddress> address(Duration bound) {
        Optional<ApiServer> server = client.server(bound);
        long now = System.nanoTime();
        if (server.isPresent() && (!server.equals(judged) || now - judgedNanos > JUDGEMENT.toNanos())) {
            here = server.filter(found -> Addresses.isHere(found.address()))
                    .map(found -> new InetSocketAddress(found.address(), found.port()));
            judged = server;
            judgedNanos = now;
        }
        return here;
    }

    /** Whether the election's requests go there, too. */
    public boolean isUsed() {
        return client.isAtHome();
    }

    /**
     * Asks {@code /readyz} over a connection that is kept. 401 and 403 are ready: with
     * {@code --anonymous-auth=false}, or credentials that lack the right, a server that serves answers so, and one that
     * is starting or ending answers 500.
     *
     * @param bound how long that may take, from the call to its return
     */
    public Readiness readyz(Duration bound) {
        return switch (client.probe("/readyz", bound)) {
            case ApiReply.Answered answered ->
                switch (answered.status()) {
                    case 200, 401, 403 -> Readiness.READY;
                    default -> Readiness.NOT_READY;
                };
            case ApiReply.Failed failed ->
                failed.cause() == ApiFailure.NOT_CONFIGURED ? Readiness.UNKNOWN : Readiness.NOT_READY;
        };
    }
}
