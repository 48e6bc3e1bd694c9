package io.vipkeeper.linux;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A lock between the processes of one node (of one network namespace) that the kernel releases when its owner dies in
 * any way: an abstract AF_UNIX socket ({@code unix(7)}) bound to the name. It tells a restart of this process from a
 * second process with the same identity. Leaves no file behind. Calls come from one thread.
 */
public final class IdentityLock implements AutoCloseable {
    private static final String PREFIX = "vipkeeper/";
    private static final int NOT_HELD = -1;

    private final Libc libc;
    private final String name;
    private int socket = NOT_HELD;

    /** The lock of one candidate: the same three names mean the same lock. */
    public IdentityLock(Libc libc, String namespace, String lease, String identity) {
        this.libc = libc;
        this.name = name(namespace + "/" + lease + "/" + identity);
    }

    /**
     * Takes the lock if no living process has it.
     *
     * @return whether this object has it now
     * @throws KernelException if the kernel gives no socket at all
     */
    public boolean tryAcquire() {
        if (socket != NOT_HELD) {
            return true;
        }
        int type = LinuxConstants.SOCK_STREAM | LinuxConstants.SOCK_CLOEXEC;
        int opened = KernelException.check("socket", "AF_UNIX", libc.socket(LinuxConstants.AF_UNIX, type, 0));
        int bound = libc.bind(opened, UnixAddress.abstractName(name));
        if (bound < 0) {
            libc.close(opened);
            if (Errno.EADDRINUSE.is(bound)) {
                return false;
            }
            throw new KernelException("bind", "abstract socket " + name, bound);
        }
        socket = opened;
        return true;
    }

    /** Releases the lock; without it, nothing. */
    @Override
    public void close() {
        if (socket != NOT_HELD) {
            libc.close(socket);
            socket = NOT_HELD;
        }
    }

    private static String name(String parts) {
        String readable = PREFIX + parts;
        return readable.getBytes(StandardCharsets.UTF_8).length <= UnixAddress.LONGEST_NAME
                ? readable
                : PREFIX + sha256(parts);
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
