package io.vipkeeper.linux;

import java.nio.charset.StandardCharsets;

/**
 * Where a service manager hears of its service ({@code sd_notify(3)}): an AF_UNIX datagram socket, which the JDK does
 * not have. Any thread may send.
 */
public final class NotifySocket implements AutoCloseable {
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;

    private final Libc libc;
    private final byte[] address;
    private final int socket;

    /**
     * @param name as NOTIFY_SOCKET has it: a path, or an abstract name behind {@code @}
     * @throws KernelException if the kernel gives no socket
     */
    public NotifySocket(Libc libc, String name) {
        this.libc = libc;
        this.address = name.startsWith("@") ? UnixAddress.abstractName(name.substring(1)) : UnixAddress.path(name);
        int type = LinuxConstants.SOCK_DGRAM | LinuxConstants.SOCK_CLOEXEC;
        this.socket = KernelException.check("socket", "AF_UNIX", libc.socket(LinuxConstants.AF_UNIX, type, 0));
    }

    /** Whether {@code name} is one that {@code sd_notify(3)} allows and that fits into an address. */
    public static boolean isName(String name) {
        return (name.startsWith("/") || name.startsWith("@"))
                && name.length() > 1
                && name.getBytes(StandardCharsets.UTF_8).length <= UnixAddress.LONGEST_NAME;
    }

    /**
     * Sends one datagram without waiting.
     *
     * @param message lines of {@code NAME=VALUE}
     * @return a negated errno if it was not taken, as {@link Errno#EAGAIN} while too many wait to be read
     */
    public int send(String message) {
        return libc.sendto(socket, message.getBytes(StandardCharsets.UTF_8), MSG_DONTWAIT | MSG_NOSIGNAL, address);
    }

    @Override
    public void close() {
        libc.close(socket);
    }
}
