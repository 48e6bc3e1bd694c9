package io.vipkeeper.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers of the Linux socket interface that are the same on every architecture that vipkeeper is built for. */
public final class LinuxConstants {
    public static final int AF_UNIX = 1;
    public static final int AF_INET = 2;
    public static final int AF_INET6 = 10;
    public static final int AF_NETLINK = 16;
    public static final int AF_PACKET = 17;

    public static final int SOCK_STREAM = 1;
    public static final int SOCK_DGRAM = 2;
    public static final int SOCK_RAW = 3;
    public static final int SOCK_CLOEXEC = 0x80000;

    public static final int SOL_SOCKET = 1;
    public static final int SO_RCVBUF = 8;
    public static final int SO_RCVTIMEO = 20;
    public static final int SO_ATTACH_FILTER = 26;
    public static final int SO_RCVBUFFORCE = 33;

    public static final int MSG_TRUNC = 0x20;

    /** Of a {@code struct sock_filter}, {@code linux/filter.h}. */
    public static final int FILTER_INSTRUCTION_LENGTH = 8;

    /** Interface flags, {@code linux/if.h}. */
    public static final int IFF_UP = 0x1;

    private LinuxConstants() {}

    /** A {@code struct timeval} of a 64-bit machine, for {@link #SO_RCVTIMEO}. */
    public static byte[] timeval(long millis) {
        return ByteBuffer.allocate(16)
                .order(ByteOrder.nativeOrder())
                .putLong(millis / 1000)
                .putLong(millis % 1000 * 1000)
                .array();
    }

    /** An {@code int}, as most socket options take it. */
    public static byte[] optionInt(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
    }
}
