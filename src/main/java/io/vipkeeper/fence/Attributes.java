package io.vipkeeper.fence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.vipkeeper.netlink.RouteAttributes;

/** Collects attributes as nf_tables wants them: integers in network byte order, texts with a final zero. */
final class Attributes {
    private static final int NESTED = 0x8000;

    private final RouteAttributes.Writer writer;

    Attributes() {
        this(new byte[0]);
    }

    /** @param structure that the attributes follow */
    Attributes(byte[] structure) {
        writer = new RouteAttributes.Writer(structure);
    }

    Attributes bytes(int type, byte[] value) {
        writer.put(type, value);
        return this;
    }

    Attributes text(int type, String value) {
        return bytes(type, zeroTerminated(value));
    }

    Attributes number(int type, int value) {
        return bytes(type, ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    Attributes longNumber(int type, long value) {
        return bytes(type, ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    Attributes nest(int type, Attributes inner) {
        return bytes(type | NESTED, inner.encode());
    }

    byte[] encode() {
        return writer.bytes();
    }

    /** Whether an attribute of the kernel's has this text. */
    static boolean isText(byte[] value, String text) {
        return Arrays.equals(value, zeroTerminated(text));
    }

    private static byte[] zeroTerminated(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_8);
    }
}
