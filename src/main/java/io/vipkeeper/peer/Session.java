package io.vipkeeper.peer;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;

import io.vipkeeper.grant.Message;

/**
 * This process and one process of another node. Lives as long as either may still be known, however often the API
 * forgets the other in between: with the window a second life would forget what was received.
 */
final class Session {
    private final PairKeys.End other;
    private final SenderId ownId;
    private final SenderId otherId;
    private final Mac outgoing;
    private final Mac incoming;
    private final byte[] expected = new byte[Hkdf.HASH];
    private final ReplayWindow window = new ReplayWindow();
    private long sequence;
    private volatile InetSocketAddress address;

    /**
     * @param lastSequence sent numbers are higher; it must be beyond all that this process ever sent to the other, even
     *     by a session that it forgot
     */
    Session(PairKeys.End own, Remote remote, PairKeys keys, long lastSequence) {
        other = remote.end();
        ownId = SenderId.of(own.node(), own.process());
        otherId = SenderId.of(other.node(), other.process());
        outgoing = Hkdf.hmac(keys.outgoing());
        incoming = Hkdf.hmac(keys.incoming());
        sequence = lastSequence;
        address = remote.address();
    }

    PairKeys.End other() {
        return other;
    }

    InetSocketAddress address() {
        return address;
    }

    void moveTo(InetSocketAddress newAddress) {
        address = newAddress;
    }

    /** Whether the datagram says that it is from the other; anybody can say so. */
    boolean isNamedIn(ByteBuffer datagram) {
        return DatagramCodec.isFrom(otherId, datagram);
    }

    /**
     * Whether the other sent it, and it was not received before; once passed it is received. Only for one whose
     * {@link DatagramCodec#shape} passed, and only on the receiving thread.
     *
     * @param datagram with an array, beginning at its start
     */
    Verdict receive(ByteBuffer datagram) {
        long number = DatagramCodec.sequence(datagram);
        if (!window.isNew(number)) {
            return Verdict.REPLAYED;
        }
        int tagAt = datagram.limit() - DatagramCodec.TAG;
        incoming.update(datagram.array(), 0, tagAt);
        finish(incoming, expected);
        // Without a branch on single bytes: the time tells nothing about where they differ.
        int difference = 0;
        for (int i = 0; i < DatagramCodec.TAG; i++) {
            difference |= expected[i] ^ datagram.get(tagAt + i);
        }
        if (difference != 0) {
            return Verdict.BAD_AUTHENTICATION;
        }
        window.accept(number);
        return Verdict.PASSED;
    }

    /** A whole datagram, ready to be sent; empty when the message is out of bounds. Any thread. */
    synchronized Optional<ByteBuffer> seal(Message message) {
        ByteBuffer datagram = ByteBuffer.allocate(DatagramCodec.LONGEST - DatagramCodec.TAG + Hkdf.HASH);
        if (!DatagramCodec.encode(ownId, sequence + 1, message, datagram)) {
            return Optional.empty();
        }
        sequence++;
        int tagAt = datagram.position();
        outgoing.update(datagram.array(), 0, tagAt);
        byte[] tag = new byte[Hkdf.HASH];
        finish(outgoing, tag);
        datagram.put(tag, 0, DatagramCodec.TAG);
        return Optional.of(datagram.flip());
    }

    private static void finish(Mac mac, byte[] tag) {
        try {
            mac.doFinal(tag, 0);
        } catch (ShortBufferException e) {
            throw new IllegalStateException("an HMAC-SHA256 has " + Hkdf.HASH + " bytes", e);
        }
    }
}
