package io.vipkeeper.peer;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

import io.vipkeeper.grant.Message;
import io.vipkeeper.grant.Message.Ask;
import io.vipkeeper.grant.Message.Beat;
import io.vipkeeper.grant.Message.Content;
import io.vipkeeper.grant.Message.Handover;
import io.vipkeeper.grant.Message.Hello;
import io.vipkeeper.grant.Message.Offer;
import io.vipkeeper.grant.Message.Promise;
import io.vipkeeper.grant.Message.Standing;

/**
 * The layout of a datagram, as the package's description shows it; the tag itself is {@link Session}'s affair. Every
 * message has exactly one form in bytes, and no bytes make this throw. The position of a buffer that is read does not
 * matter, its limit is the datagram's end.
 */
final class DatagramCodec {
    /** Half of SHA-256, the least that RFC 2104 section 5 allows: a forger hits once in 2^128 datagrams. */
    static final int TAG = 16;

    static final int SHORTEST_GRANT_MILLIS = 1;
    static final int LONGEST_GRANT_MILLIS = 60_000;

    private static final int VERSION = 0x564b_5002;
    private static final int SENDER_AT = 4;
    private static final int SEQUENCE_AT = 20;
    private static final int KIND_AT = 28;
    private static final int CONTENT_AT = 31;

    /** In the place of a proof's age. */
    private static final int NO_PROOF = 0xffff;

    private static final byte HELLO = 1;
    private static final byte BEAT = 2;
    private static final byte ASK = 3;
    private static final byte PROMISE = 4;
    private static final byte HANDOVER = 5;
    private static final byte OFFER = 6;

    private static final int HANDOVER_NUMBERS = 9;
    private static final int SHORTEST_HANDOVER = HANDOVER_NUMBERS + 1 + 1 + 1 + 1;
    private static final int LONGEST_HANDOVER = HANDOVER_NUMBERS + 1 + Texts.LONGEST_PROCESS + 1 + Texts.LONGEST_NODE;

    static final int SHORTEST = CONTENT_AT + TAG;
    static final int LONGEST = CONTENT_AT + Short.BYTES + LONGEST_HANDOVER + TAG;

    private static final int READY = 1;
    private static final int API_ANSWERS = 2;
    private static final int BYTE = 255;

    private DatagramCodec() {}

    /**
     * Writes from the buffer's start up to where the tag belongs, which is its position then.
     *
     * @return whether the message is within the bounds that the other side holds it to
     */
    static boolean encode(SenderId sender, long sequence, Message message, ByteBuffer out) {
        if (!isSound(message)) {
            return false;
        }
        Standing standing = message.standing();
        out.clear().putInt(VERSION).putLong(sender.high()).putLong(sender.low()).putLong(sequence);
        out.put(kind(message.content()))
                .put((byte) ((standing.ready() ? READY : 0) | (standing.apiAnswers() ? API_ANSWERS : 0)))
                .put((byte) standing.weight());
        switch (message.content()) {
            case Hello hello -> {}
            case Beat beat -> request(beat.term(), beat.stamp(), beat.grantMillis(), out);
            case Ask ask -> request(ask.term(), ask.stamp(), ask.grantMillis(), out);
            case Promise promise ->
                out.putLong(promise.stamp())
                        .putShort((short) promise.provenMillis().orElse(NO_PROOF));
            case Offer offer -> handover(offer.handover(), out.putShort((short) offer.lingerMillis()));
            case Handover handover -> handover(handover, out);
        }
        return true;
    }

    private static void handover(Handover handover, ByteBuffer out) {
        // Long before, more of it makes no difference; a handover must not fail for it.
        out.putLong(handover.sequence()).put((byte) Math.min(handover.damping(), BYTE));
        Texts.put(out, handover.process());
        Texts.put(out, handover.successor());
    }

    /** What can be said without knowing the sender; allocates nothing. */
    static Verdict shape(ByteBuffer datagram) {
        int length = datagram.limit();
        if (length < SHORTEST || length > LONGEST) {
            return Verdict.BAD_LENGTH;
        }
        if (datagram.getInt(0) != VERSION) {
            return Verdict.BAD_VERSION;
        }
        int content = length - SHORTEST;
        boolean fits;
        switch (datagram.get(KIND_AT)) {
            case HELLO -> fits = content == 0;
            case BEAT, ASK -> fits = content == Integer.BYTES + Long.BYTES + Short.BYTES;
            case PROMISE -> fits = content == Long.BYTES + Short.BYTES;
            case OFFER -> fits = content >= Short.BYTES + SHORTEST_HANDOVER;
            case HANDOVER -> fits = content >= SHORTEST_HANDOVER;
            default -> {
                return Verdict.MALFORMED;
            }
        }
        return fits ? Verdict.PASSED : Verdict.BAD_LENGTH;
    }

    /** Only where {@link #shape} passed. */
    static boolean isFrom(SenderId sender, ByteBuffer datagram) {
        return datagram.getLong(SENDER_AT) == sender.high() && datagram.getLong(SENDER_AT + Long.BYTES) == sender.low();
    }

    /** Only where {@link #shape} passed. */
    static long sequence(ByteBuffer datagram) {
        return datagram.getLong(SEQUENCE_AT);
    }

    /** Of any bytes, tagged rightly or not; empty for those that {@link #encode} never makes. */
    static Optional<Message> decode(ByteBuffer datagram) {
        if (shape(datagram) != Verdict.PASSED) {
            return Optional.empty();
        }
        ByteBuffer in = datagram.slice(KIND_AT, datagram.limit() - TAG - KIND_AT);
        byte kind = in.get();
        int flags = in.get();
        if ((flags & ~(READY | API_ANSWERS)) != 0) {
            return Optional.empty();
        }
        Standing standing =
                new Standing((flags & READY) != 0, (flags & API_ANSWERS) != 0, Byte.toUnsignedInt(in.get()));
        return content(kind, in)
                .map(content -> new Message(standing, content))
                .filter(message -> !in.hasRemaining() && isSound(message));
    }

    private static Optional<Content> content(byte kind, ByteBuffer in) {
        return switch (kind) {
            case HELLO -> Optional.of(new Hello());
            case BEAT -> Optional.of(new Beat(in.getInt(), in.getLong(), Short.toUnsignedInt(in.getShort())));
            case ASK -> Optional.of(new Ask(in.getInt(), in.getLong(), Short.toUnsignedInt(in.getShort())));
            case PROMISE -> Optional.of(new Promise(in.getLong(), proof(Short.toUnsignedInt(in.getShort()))));
            case OFFER -> {
                int lingerMillis = Short.toUnsignedInt(in.getShort());
                yield handover(in).map(handover -> new Offer(handover, lingerMillis));
            }
            default -> handover(in).map(Content.class::cast);
        };
    }

    private static Optional<Handover> handover(ByteBuffer in) {
        long sequence = in.getLong();
        int damping = Byte.toUnsignedInt(in.get());
        Optional<String> process = Texts.get(in);
        Optional<String> successor = Texts.get(in);
        if (process.isEmpty() || successor.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Handover(process.get(), sequence, successor.get(), damping));
    }

    private static OptionalInt proof(int millis) {
        return millis == NO_PROOF ? OptionalInt.empty() : OptionalInt.of(millis);
    }

    private static void request(int term, long stamp, int grantMillis, ByteBuffer out) {
        out.putInt(term).putLong(stamp).putShort((short) grantMillis);
    }

    private static byte kind(Content content) {
        return switch (content) {
            case Hello hello -> HELLO;
            case Beat beat -> BEAT;
            case Ask ask -> ASK;
            case Promise promise -> PROMISE;
            case Offer offer -> OFFER;
            case Handover handover -> HANDOVER;
        };
    }

    private static boolean isSound(Message message) {
        return isByte(message.standing().weight())
                && switch (message.content()) {
                    case Hello hello -> true;
                    case Beat beat -> isSound(beat.term(), beat.grantMillis());
                    case Ask ask -> isSound(ask.term(), ask.grantMillis());
                    case Promise promise ->
                        promise.provenMillis().isEmpty()
                                || isProof(promise.provenMillis().getAsInt());
                    case Offer offer ->
                        offer.lingerMillis() >= 0
                                && offer.lingerMillis() <= LONGEST_GRANT_MILLIS
                                && isSound(offer.handover());
                    case Handover handover -> isSound(handover);
                };
    }

    private static boolean isSound(Handover handover) {
        return handover.sequence() >= 0
                && handover.damping() >= 0
                && Texts.isProcess(handover.process())
                && Texts.isNode(handover.successor());
    }

    private static boolean isSound(int term, int grantMillis) {
        return term >= 0 && grantMillis >= SHORTEST_GRANT_MILLIS && grantMillis <= LONGEST_GRANT_MILLIS;
    }

    private static boolean isProof(int millis) {
        return millis >= 0 && millis <= Promise.OLDEST_PROOF_MILLIS;
    }

    private static boolean isByte(int number) {
        return number >= 0 && number <= BYTE;
    }
}
