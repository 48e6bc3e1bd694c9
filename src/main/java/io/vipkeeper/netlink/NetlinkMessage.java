package io.vipkeeper.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One netlink message: {@code struct nlmsghdr} of {@code linux/netlink.h} and what follows it. Integers are in host
 * byte order.
 *
 * @param port of the asking socket; zero in a notification
 * @param body without the padding behind it
 */
public record NetlinkMessage(int type, int flags, int sequence, int port, byte[] body) {
    public static final int ERROR = 2;
    static final int DONE = 3;

    static final int NEW_LINK = 16;
    static final int DELETE_LINK = 17;
    static final int GET_LINK = 18;
    static final int NEW_ADDRESS = 20;
    static final int DELETE_ADDRESS = 21;
    static final int GET_ADDRESS = 22;
    static final int NEW_ROUTE = 24;
    static final int GET_ROUTE = 26;

    public static final int REQUEST = 0x1;
    public static final int ACKNOWLEDGE = 0x4;
    /** The kernel changed what it was dumping meanwhile; the dump may lack or repeat entries. */
    static final int DUMP_INTERRUPTED = 0x10;

    static final int DUMP = 0x300;
    static final int REPLACE = 0x100;
    public static final int CREATE = 0x400;
    public static final int APPEND = 0x800;

    private static final int HEADER_LENGTH = 16;

    /** All messages of a datagram, of which the first {@code length} bytes count. */
    public static List<NetlinkMessage> decodeAll(byte[] datagram, int length) throws MalformedMessageException {
        if (length < 0 || length > datagram.length) {
            throw new MalformedMessageException("datagram of " + length + " bytes in a buffer of " + datagram.length);
        }
        List<NetlinkMessage> messages = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(datagram, 0, length).order(ByteOrder.nativeOrder());
        while (buffer.hasRemaining()) {
            messages.add(next(buffer));
        }
        return messages;
    }

    private static NetlinkMessage next(ByteBuffer buffer) throws MalformedMessageException {
        int start = buffer.position();
        int available = buffer.remaining();
        if (available < HEADER_LENGTH) {
            throw new MalformedMessageException("header cut off after " + available + " bytes");
        }
        int length = buffer.getInt();
        if (length < HEADER_LENGTH || length > available) {
            throw new MalformedMessageException("message of " + length + " bytes where " + available + " arrived");
        }
        int type = Short.toUnsignedInt(buffer.getShort());
        int flags = Short.toUnsignedInt(buffer.getShort());
        int sequence = buffer.getInt();
        int port = buffer.getInt();
        byte[] body = new byte[length - HEADER_LENGTH];
        buffer.get(body);
        buffer.position(Math.min(start + aligned(length), buffer.limit()));
        return new NetlinkMessage(type, flags, sequence, port, body);
    }

    /** The whole message, padded. */
    public byte[] encode() {
        int length = HEADER_LENGTH + body.length;
        return ByteBuffer.allocate(aligned(length))
                .order(ByteOrder.nativeOrder())
                .putInt(length)
                .putShort((short) type)
                .putShort((short) flags)
                .putInt(sequence)
                .putInt(port)
                .put(body)
                .array();
    }

    NetlinkMessage numbered(int number) {
        return new NetlinkMessage(type, flags, number, port, body);
    }

    /** What {@link #ERROR} and {@link #DONE} begin with: zero or a negated errno. */
    int answer() throws MalformedMessageException {
        if (body.length < Integer.BYTES) {
            if (type == DONE) {
                return 0;
            }
            throw new MalformedMessageException("error of " + body.length + " bytes");
        }
        int answer = ByteBuffer.wrap(body).order(ByteOrder.nativeOrder()).getInt();
        if (answer > 0 || answer == Integer.MIN_VALUE) {
            throw new MalformedMessageException("error number " + answer + " is not a negated errno");
        }
        return answer;
    }

    /** The body's fixed structure, to be read in host byte order. */
    ByteBuffer structure(int length) throws MalformedMessageException {
        if (body.length < length) {
            throw new MalformedMessageException(
                    "type " + type + " has " + body.length + " bytes, fewer than its structure's " + length);
        }
        return ByteBuffer.wrap(body, 0, length).order(ByteOrder.nativeOrder());
    }

    /** The attributes behind the structure. */
    public RouteAttributes attributes(int structureLength) throws MalformedMessageException {
        int from = Math.min(aligned(structureLength), body.length);
        return RouteAttributes.decode(Arrays.copyOfRange(body, from, body.length));
    }

    static int aligned(int length) {
        return length + 3 & ~3;
    }
}
