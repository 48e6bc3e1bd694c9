package io.vipkeeper.linux;

/** The kernel refused something that cannot go on without. Names what was tried, on what, and the errno. */
public final class KernelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int answer;

    /** @param answer the negated errno, as {@link Libc} answers it */
    public KernelException(String operation, String object, int answer) {
        super(operation + " " + object + " failed: " + Errno.describe(answer));
        this.answer = answer;
    }

    public boolean is(Errno errno) {
        return errno.is(answer);
    }

    /** The answer of a call, or this exception when it is a negated errno. */
    public static int check(String operation, String object, int answer) {
        if (answer < 0) {
            throw new KernelException(operation, object, answer);
        }
        return answer;
    }
}
