package io.vipkeeper.netlink;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The type-length-value list behind a message's structure: {@code struct rtattr} of {@code linux/rtnetlink.h}, in host
 * byte order. Of a repeated type the last one counts, as in the kernel.
 */
public final class RouteAttributes {
    private static final int HEADER_LENGTH = 4;
    /** The two highest bits say how the value is made (NLA_F_NESTED, NLA_F_NET_BYTEORDER), not which it is. */
    private static final int TYPE_MASK = 0x3fff;

    private final Map<Integer, byte[]> values;

    private RouteAttributes(Map<Integer, byte[]> values) {
        this.values = values;
    }

    public static RouteAttributes decode(byte[] bytes) throws MalformedMessageException {
        Map<Integer, byte[]> values = new HashMap<>();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        while (buffer.remaining() >= HEADER_LENGTH) {
            int start = buffer.position();
            int length = Short.toUnsignedInt(buffer.getShort());
            int type = Short.toUnsignedInt(buffer.getShort()) & TYPE_MASK;
            if (length < HEADER_LENGTH || length > bytes.length - start) {
                throw new MalformedMessageException(
                        "attribute " + type + " of " + length + " bytes where " + (bytes.length - start) + " are left");
            }
            byte[] value = new byte[length - HEADER_LENGTH];
            buffer.get(value);
            values.put(type, value);
            buffer.position(Math.min(start + NetlinkMessage.aligned(length), bytes.length));
        }
        return new RouteAttributes(values);
    }

    public Optional<byte[]> bytes(int type) {
        return Optional.ofNullable(values.get(type));
    }

    OptionalInt number(int type) throws MalformedMessageException {
        byte[] value = values.get(type);
        return value == null
                ? OptionalInt.empty()
                : OptionalInt.of(buffer(type, value, Integer.BYTES).getInt());
    }

    OptionalInt octet(int type) throws MalformedMessageException {
        byte[] value = values.get(type);
        return value == null
                ? OptionalInt.empty()
                : OptionalInt.of(
                        Byte.toUnsignedInt(buffer(type, value, Byte.BYTES).get()));
    }

    /** In host byte order. */
    public Optional<ByteBuffer> structure(int type, int length) throws MalformedMessageException {
        byte[] value = values.get(type);
        return value == null ? Optional.empty() : Optional.of(buffer(type, value, length));
    }

    private static ByteBuffer buffer(int type, byte[] value, int least) throws MalformedMessageException {
        if (value.length < least) {
            throw new MalformedMessageException(
                    "attribute " + type + " has " + value.length + " bytes, fewer than " + least);
        }
        return ByteBuffer.wrap(value).order(ByteOrder.nativeOrder());
    }

    /** Collects a structure and the attributes behind it. */
    public static final class Writer {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        public Writer(byte[] structure) {
            out.writeBytes(structure);
            pad();
        }

        public Writer put(int type, byte[] value) {
            byte[] header = ByteBuffer.allocate(HEADER_LENGTH)
                    .order(ByteOrder.nativeOrder())
                    .putShort((short) (HEADER_LENGTH + value.length))
                    .putShort((short) type)
                    .array();
            out.writeBytes(header);
            out.writeBytes(value);
            pad();
            return this;
        }

        Writer put(int type, int value) {
            return put(
                    type,
                    ByteBuffer.allocate(Integer.BYTES)
                            .order(ByteOrder.nativeOrder())
                            .putInt(value)
                            .array());
        }

        public byte[] bytes() {
            return out.toByteArray();
        }

        private void pad() {
            while (out.size() % 4 != 0) {
                out.write(0);
            }
        }
    }
}
