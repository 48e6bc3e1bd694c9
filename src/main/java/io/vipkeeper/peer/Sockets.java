package io.vipkeeper.peer;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import org.jboss.logging.Logger;

/**
 * One port with a queue in the kernel for each peer: a socket that is connected to a peer's address is preferred for
 * what comes from there, so that a flood from elsewhere fills only the open socket's queue. The open one sends for all,
 * because a connected one keeps the source address that it had at first, and hears whom no other hears: strangers, and
 * peers that send from another address of theirs.
 */
final class Sockets implements Closeable {
    private static final Logger LOG = Logger.getLogger(Sockets.class);

    private final DatagramChannel open;
    private final Selector selector;
    private final InetSocketAddress local;
    private final Map<InetSocketAddress, DatagramChannel> connected = new HashMap<>();
    private volatile DatagramChannel[] all;
    private volatile boolean closing;

    private Sockets(DatagramChannel open, Selector selector, InetSocketAddress local) throws IOException {
        this.open = open;
        this.selector = selector;
        start(open);
        open.bind(local);
        this.local = (InetSocketAddress) open.getLocalAddress();
        all = new DatagramChannel[] {open};
    }

    /** @param local port 0 for any that is free */
    static Sockets open(InetSocketAddress local) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            Selector selector = Selector.open();
            try {
                return new Sockets(channel, selector, local);
            } catch (IOException e) {
                closeQuietly(selector);
                throw e;
            }
        } catch (IOException e) {
            closeQuietly(channel);
            throw e;
        }
    }

    int port() {
        return local.getPort();
    }

    boolean isOpen() {
        return open.isOpen();
    }

    /** Those of peers first, the one for everybody last. */
    DatagramChannel[] all() {
        return all;
    }

    /** @return false when the kernel's queue is full */
    boolean send(ByteBuffer datagram, InetSocketAddress to) throws IOException {
        return open.send(datagram, to) > 0;
    }

    /** Has a queue for each of these from now on; who cannot have one is heard on the open socket. */
    synchronized void attend(Collection<InetSocketAddress> addresses) {
        if (!isOpen()) {
            return;
        }
        for (Map.Entry<InetSocketAddress, DatagramChannel> entry : new HashMap<>(connected).entrySet()) {
            if (!addresses.contains(entry.getKey())) {
                connected.remove(entry.getKey());
                closeQuietly(entry.getValue());
                closing = true;
            }
        }
        for (InetSocketAddress address : addresses) {
            if (!connected.containsKey(address)) {
                connect(address);
            }
        }
        DatagramChannel[] now = connected.values().toArray(new DatagramChannel[connected.size() + 1]);
        now[connected.size()] = open;
        all = now;
        selector.wakeup();
    }

    /** Until there is something to receive, or somebody wakes it. */
    void await() throws IOException {
        selector.select(key -> {});
    }

    /** The kernel goes on filling a closed socket's queue until the selector has let it go; for the receiving thread. */
    void settle() throws IOException {
        if (closing) {
            closing = false;
            selector.selectNow();
        }
    }

    void wake() {
        selector.wakeup();
    }

    @Override
    public synchronized void close() {
        closeQuietly(selector);
        connected.values().forEach(Sockets::closeQuietly);
        closeQuietly(open);
    }

    private void connect(InetSocketAddress address) {
        DatagramChannel channel = null;
        try {
            channel = DatagramChannel.open();
            bindBeside(channel);
            channel.connect(address);
            start(channel);
            connected.put(address, channel);
        } catch (IOException | IllegalArgumentException e) {
            LOG.debugf("No queue of its own for what comes from %s: %s", address, e.getMessage());
            if (channel != null) {
                closeQuietly(channel);
            }
        }
    }

    /** The port is shared for this moment only: else any program of this node could sit down on it. */
    private void bindBeside(DatagramChannel channel) throws IOException {
        try {
            share(true);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(local);
        } finally {
            share(false);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, false);
        }
    }

    private void share(boolean shared) throws IOException {
        open.setOption(StandardSocketOptions.SO_REUSEADDR, shared);
        for (DatagramChannel channel : connected.values()) {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, shared);
        }
    }

    private void start(DatagramChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, PeerSocket.RECEIVE_BUFFER);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
    }

    private static void closeQuietly(Closeable part) {
        try {
            part.close();
        } catch (IOException e) {
            LOG.debugf("%s did not close properly: %s", part, e.getMessage());
        }
    }
}
