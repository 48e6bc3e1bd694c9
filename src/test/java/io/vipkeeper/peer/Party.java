package io.vipkeeper.peer;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.vipkeeper.grant.Candidate;
import io.vipkeeper.grant.Message;
import io.vipkeeper.grant.Message.Beat;
import io.vipkeeper.grant.Message.Standing;

/** One candidate's process, without a socket. */
final class Party {
    static final Message BEAT = new Message(new Standing(true, true, 100), new Beat(3, 42, 300));

    final Candidate candidate;
    final Sessions sessions;

    /** What the sessions begin to count from. */
    final AtomicLong clock = new AtomicLong();

    Party(String node, String process) {
        this(node, process, OwnKeys.generate());
    }

    private Party(String node, String process, OwnKeys keys) {
        candidate = new Candidate(node, process, "192.0.2.1", 7472, keys.publicKey(), 0);
        sessions = new Sessions(node, process, keys, clock::incrementAndGet);
    }

    List<String> knows(Party... others) {
        return sessions.know(
                List.of(others).stream().map(party -> party.candidate).toList());
    }

    byte[] says(Message message, Party to) {
        ByteBuffer datagram =
                sessions.with(to.candidate.node()).orElseThrow().seal(message).orElseThrow();
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        return bytes;
    }

    /** As the receiving thread does, up to the content. */
    Verdict hears(byte[] bytes) {
        ByteBuffer datagram = ByteBuffer.wrap(bytes);
        Verdict shape = DatagramCodec.shape(datagram);
        if (shape != Verdict.PASSED) {
            return shape;
        }
        Session session = sessions.namedIn(datagram);
        return session == null ? Verdict.UNKNOWN_SENDER : session.receive(datagram);
    }
}
