package io.vipkeeper.peer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import org.jboss.logging.Logger;

import io.vipkeeper.grant.Candidate;
import io.vipkeeper.grant.GrantEvent.Received;
import io.vipkeeper.grant.Message;
import io.vipkeeper.grant.Peers;

/**
 * The UDP socket of the fast path, with keys of its own that are as old as it is. Every method may be called from any
 * thread.
 */
public final class PeerSocket implements Peers, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PeerSocket.class);

    /**
     * What each queue asks for, in bytes: half a second of 20,000 small datagrams each second. The kernel grants no more
     * than its {@code net.core.rmem_max}.
     */
    public static final int RECEIVE_BUFFER = 4 * 1024 * 1024;

    private final Sockets sockets;
    private final OwnKeys keys = OwnKeys.generate();
    private final Sessions sessions;
    private final Counters counters = new Counters();
    private final AtomicBoolean receiving = new AtomicBoolean();
    private List<String> refused = List.of();

    /** What came of opening one. */
    public sealed interface Opening {
        record Opened(PeerSocket socket) implements Opening {}

        /** @param why one sentence that names the address */
        record Refused(String why) implements Opening {}
    }

    private PeerSocket(String node, String process, Sockets sockets) {
        this.sockets = sockets;
        long opened = System.nanoTime();
        sessions = new Sessions(node, process, keys, () -> System.nanoTime() - opened);
    }

    /**
     * Takes as long as the JVM needs for its first key, tens of milliseconds.
     *
     * @param node this node's identity in the election
     * @param process new at each start, at most 36 characters
     * @param local port 0 for any that is free; the wildcard address for both families
     */
    public static Opening open(String node, String process, InetSocketAddress local) {
        try {
            return new Opening.Opened(new PeerSocket(node, process, Sockets.open(local)));
        } catch (IOException e) {
            return new Opening.Refused("UDP port " + local.getPort() + " on " + local.getHostString()
                    + " cannot be opened: " + e.getMessage());
        }
    }

    /** X25519, as {@link Candidate#publicKey()}. */
    public String publicKey() {
        return keys.publicKey();
    }

    /** The port that it listens on, also when any was asked for. */
    public int port() {
        return sockets.port();
    }

    /**
     * From now on sends to these and hears these, this node and unusable ones left out; those are told in the log once.
     * A candidate that stays the same process stays the same peer, wherever it moves. Takes up to a few milliseconds
     * for each new one: not for the pipeline's thread.
     */
    public synchronized void know(List<Candidate> candidates) {
        List<String> now = sessions.know(candidates);
        now.stream().filter(sentence -> !refused.contains(sentence)).forEach(LOG::warn);
        refused = now;
        sockets.attend(sessions.addresses());
    }

    @Override
    public void send(String node, Message message) {
        Optional<Session> session = sessions.with(node);
        Optional<ByteBuffer> datagram = session.flatMap(found -> found.seal(message));
        if (datagram.isEmpty()) {
            counters.unaddressed.increment();
            return;
        }
        try {
            boolean taken = sockets.send(datagram.get(), session.get().address());
            (taken ? counters.sent : counters.sendsRefused).increment();
        } catch (IOException | IllegalArgumentException e) {
            // The second is for an IPv6 address where the kernel has no IPv6.
            counters.sendsRefused.increment();
        }
    }

    /**
     * What the others say, in the order of its arrival, on a daemon thread of its own. Never fails, and ends when the
     * socket is closed. One subscriber at a time; one that is too slow misses messages, which are counted: what it did
     * not ask for yet is not kept.
     */
    public Multi<Received> messages() {
        return Multi.createFrom()
                .<Received>emitter(this::start, BackPressureStrategy.IGNORE)
                .onOverflow()
                .invoke(counters.undelivered::increment)
                .drop();
    }

    public PeerCounters counters() {
        return counters.snapshot();
    }

    /** Ends {@link #messages()}; what is sent from now on counts as refused. */
    @Override
    public void close() {
        sockets.close();
    }

    private void start(MultiEmitter<? super Received> emitter) {
        if (!receiving.compareAndSet(false, true)) {
            emitter.fail(new IllegalStateException("the messages have a subscriber already"));
            return;
        }
        emitter.onTermination(sockets::wake);
        Thread thread = new Thread(() -> run(emitter), "peer-messages");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(MultiEmitter<? super Received> emitter) {
        try {
            new Receiver(sockets, sessions, counters).run(emitter::isCancelled, emitter::emit);
            emitter.complete();
        } catch (RuntimeException e) {
            // Not seen by anybody else: the pipeline ends with its source.
            emitter.fail(e);
        } finally {
            receiving.set(false);
        }
    }
}
