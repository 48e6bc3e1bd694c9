package io.vipkeeper.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
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

    private final DatagramChannel channel;
    private final Selector selector;
    private final Sessions sessions;
    private final Counters counters;

    /** One byte more than the longest, which tells a longer one from a whole one. */
    private final ByteBuffer datagram = ByteBuffer.allocate(DatagramCodec.LONGEST + 1);

    private String complaint = "";

    /** @param selector has the channel, for reading; its wake-up makes the receiver ask whether to go on */
    Receiver(DatagramChannel channel, Selector selector, Sessions sessions, Counters counters) {
        this.channel = channel;
        this.selector = selector;
        this.sessions = sessions;
        this.counters = counters;
    }

    /** Returns when it is cancelled, or the socket is closed; other failures of the socket pass. */
    void run(BooleanSupplier cancelled, Consumer<Received> sink) {
        while (!cancelled.getAsBoolean()) {
            try {
                receive(sink);
            } catch (ClosedChannelException | ClosedSelectorException e) {
                return;
            } catch (IOException e) {
                if (!complaint.equals(e.getMessage())) {
                    complaint = String.valueOf(e.getMessage());
                    LOG.warnf("Receiving from other candidates is interrupted, trying on: %s", complaint);
                }
                pause();
            }
        }
    }

    /** One datagram, or the wait for the next. */
    private void receive(Consumer<Received> sink) throws IOException {
        datagram.clear();
        // Whoever is named in it may send from any of its addresses, and a forger from each: nothing hangs on it.
        if (channel.receive(datagram) == null) {
            selector.select(key -> {});
            return;
        }
        datagram.flip();
        judge(sink);
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

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
