package io.vipkeeper.linux;

/**
 * The system calls behind netlink, packet and lock sockets, with the arguments of their manual pages. Structures are
 * bytes in host byte order, laid out by the caller.
 *
 * <p>Nothing throws: each call answers what the system call answers, or the negated errno of {@link Errno}. An
 * interrupted call is repeated. Any thread may call.
 */
public interface Libc {

    int socket(int domain, int type, int protocol);

    int bind(int socket, byte[] address);

    /** @param address empty for a socket that is connected or knows its peer otherwise */
    int sendto(int socket, byte[] message, int flags, byte[] address);

    /**
     * @param buffer receives at most its length; the rest of a datagram is lost
     * @return the number of bytes; with {@link LinuxConstants#MSG_TRUNC} in {@code flags} the datagram's real length
     */
    int recv(int socket, byte[] buffer, int flags);

    int setsockopt(int socket, int level, int option, byte[] value);

    /**
     * Attaches a classic BPF program (SO_ATTACH_FILTER); apart from {@link #setsockopt}, because its structure holds a
     * pointer.
     *
     * @param instructions {@code struct sock_filter}s of eight bytes each
     */
    int attachFilter(int socket, byte[] instructions);

    int close(int socket);

    /** @param timespec receives seconds and nanoseconds, as a 64-bit machine has them */
    int clockGettime(int clock, long[] timespec);

    /** @param address of a page's beginning; 0 is answered when all of the range took the advice */
    int madvise(long address, long length, int advice);

    /**
     * Ends the process at once (_exit): no shutdown hooks, and none of the 300 ms and more that a JVM waits for threads
     * which are in a system call.
     */
    void exit(int status);
}
