package io.vipkeeper.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** {@code struct sockaddr_un} ({@code unix(7)}). */
final class UnixAddress {
    /** {@code sun_path} is 108 bytes; one of them is the zero before an abstract name or behind a path. */
    static final int LONGEST_NAME = 107;

    private UnixAddress() {}

    /** Of a name without a file, which lives as long as its socket and is seen in its network namespace only. */
    static byte[] abstractName(String name) {
        return address("\0" + name);
    }

    /** Of a file. */
    static byte[] path(String path) {
        return address(path + "\0");
    }

    private static byte[] address(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 + bytes.length)
                .order(ByteOrder.nativeOrder())
                .putShort((short) LinuxConstants.AF_UNIX)
                .put(bytes)
                .array();
    }
}
