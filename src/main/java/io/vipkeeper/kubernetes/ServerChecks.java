package io.vipkeeper.kubernetes;

import java.time.Duration;

/**
 * Asks {@code /readyz} of the API servers of which nothing was heard for a while, on a thread of its own: whether the
 * first one is well again, and which of the others to go to when it is not.
 */
final class ServerChecks implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(250);
    private static final Duration BOUND = Duration.ofMillis(500);

    private final ElectionClient client;
    private final ApiServers servers;
    private Thread thread;
    private boolean closed;

    ServerChecks(ElectionClient client, ApiServers servers) {
        this.client = client;
        this.servers = servers;
    }

    /** Begins, unless it has. */
    synchronized void start() {
        if (thread == null && !closed) {
            thread = ThreadSource.beside("vipkeeper-api-servers", this::run);
        }
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            for (ApiServer server : servers.due()) {
                client.probe(server, "/readyz", BOUND);
            }
            ThreadSource.sleep(PERIOD);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
