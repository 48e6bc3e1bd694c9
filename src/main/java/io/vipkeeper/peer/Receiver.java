package io.vipkeeper.peer;

import java.io.IOException;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.jboss.logging.Logger;

import io.vipkeeper.grant.GrantEvent.Received;
import io.vipkeeper.grant.Message;

/** The receiving thread's work, from datagram to event. One thread at a time. */
final class Receiver {
    private static final Logger LOG = Logger.getLogger(Receiver.class);

    private static final long PAUSE_MILLIS = 20;
    private static final int BATCH = 16;

    private final Sockets sockets;
    private final Sessions sessions;
    private final Counters counters;

    /** One byte more than the longest, which tells a longer one from a whole one. */
    private final ByteBuffer datagram = ByteBuffer.allocate(DatagramCodec.LONGEST + 1);

    private String complaint = "";

    Receiver(Sockets sockets, Sessions sessions, Counters counters) {
        this.sockets = sockets;
        this.sessions = sessions;
        this.counters = counters;
    }

    /** Returns when it is cancelled and the sockets are woken, or closed; other failures of the sockets pass. */
    void run(BooleanSupplier cancelled, Consumer<Received> sink) {
        while (!cancelled.getAsBoolean() && sockets.isOpen()) {
            try {
                sockets.settle();
                for (DatagramChannel channel : sockets.all()) {
                    receiveSome(channel, sink);
                }
                // Returns at once where there is more.
                sockets.await();
            } catch (ClosedChannelException | ClosedSelectorException e) {
                LOG.tracef("A socket was closed while it was read: %s", e);
            } catch (IOException e) {
                complain(e.getMessage());
            }
        }
    }

    /** A few, so that no queue keeps the others waiting. */
    private void receiveSome(DatagramChannel channel, Consumer<Received> sink) throws IOException {
        for (int received = 0; received < BATCH; received++) {
            datagram.clear();
            try {
                // A peer may send from any of its addresses, a forger from each: nothing hangs on the source.
                if (channel.receive(datagram) == null) {
                    return;
                }
                datagram.flip();
                judge(sink);
            } catch (PortUnreachableException e) {
                LOG.tracef("A peer does not listen: %s", e);
            }
        }
    }

    private void judge(Consumer<Received> sink) {
        Verdict shape = DatagramCodec.shape(datagram);
        Session session = shape == Verdict.PASSED ? sessions.namedIn(datagram) : null;
        if (session == null) {
            counters.received(shape == Verdict.PASSED ? Verdict.UNKNOWN_SENDER : shape);
            return;
        }
        Verdict verdict = session.receive(datagram);
        if (verdict != Verdict.PASSED) {
            counters.received(verdict);
            return;
        }
        Optional<Message> message = DatagramCodec.decode(datagram);
        counters.received(message.isPresent() ? Verdict.PASSED : Verdict.MALFORMED);
        message.ifPresent(read -> sink.accept(new Received(session.other().node(), read)));
    }

    private void complain(String message) {
        if (!complaint.equals(message)) {
            complaint = String.valueOf(message);
            LOG.warnf("Receiving from other candidates is interrupted, trying on: %s", complaint);
        }
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
