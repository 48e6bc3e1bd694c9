package io.vipkeeper.linux;

/** The errors of {@code errno(3)} that vipkeeper decides on or explains; numbers of the generic Linux table. */
public enum Errno {
    EPERM(1, "not permitted: NET_ADMIN or NET_RAW is missing"),
    ENOENT(2, "no such entry"),
    EINTR(4, "interrupted"),
    EBADF(9, "socket is closed"),
    EAGAIN(11, "nothing arrived in time"),
    ENOMEM(12, "out of memory"),
    EACCES(13, "not allowed; is IPv6 disabled on the interface?"),
    EEXIST(17, "is there already"),
    ENODEV(19, "no such interface"),
    EBUSY(16, "in use"),
    EINVAL(22, "invalid argument"),
    ENFILE(23, "too many open files on the machine"),
    EMFILE(24, "too many open files"),
    ENXIO(6, "no such interface"),
    EBADMSG(74, "malformed answer"),
    EMSGSIZE(90, "message too long"),
    EPROTONOSUPPORT(93, "protocol not supported"),
    EOPNOTSUPP(95, "not supported"),
    EADDRINUSE(98, "address in use"),
    EADDRNOTAVAIL(99, "address is not there"),
    ENETDOWN(100, "interface is down"),
    ENOBUFS(105, "no buffer space; messages were lost");

    private final int code;
    private final String meaning;

    Errno(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** Whether a call of {@link Libc} answered with this error, that is with its negated number. */
    public boolean is(int answer) {
        return answer == -code;
    }

    /** The negated number, as {@link Libc} answers it. */
    public int negated() {
        return -code;
    }

    /** For people, from an answer of {@link Libc}: {@code ENODEV (no such interface)}, or {@code errno 71}. */
    public static String describe(int answer) {
        for (Errno errno : values()) {
            if (errno.is(answer)) {
                return errno + " (" + errno.meaning + ")";
            }
        }
        return "errno " + -answer;
    }
}
