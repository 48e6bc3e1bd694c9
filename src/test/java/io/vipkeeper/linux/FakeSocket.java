package io.vipkeeper.linux;

/** A kernel that has nothing to say to a socket and refuses nothing; its heirs say more. */
public abstract class FakeSocket implements Libc {

    @Override
    public int recv(int socket, byte[] buffer, int flags) {
        return Errno.EAGAIN.negated();
    }

    @Override
    public int setsockopt(int socket, int level, int option, byte[] value) {
        return 0;
    }

    @Override
    public int attachFilter(int socket, byte[] instructions) {
        return 0;
    }

    @Override
    public int close(int socket) {
        return 0;
    }

    @Override
    public int clockGettime(int clock, long[] timespec) {
        throw new AssertionError("nothing here asks a socket for the time");
    }

    @Override
    public int madvise(long address, long length, int advice) {
        throw new AssertionError("nothing here gives memory back");
    }

    @Override
    public void exit(int status) {
        throw new AssertionError("nothing here ends the process");
    }

    /** A datagram as {@code recv} hands it out: cut to the buffer, with its whole length as the result. */
    protected static int handOut(byte[] datagram, byte[] buffer) {
        System.arraycopy(datagram, 0, buffer, 0, Math.min(datagram.length, buffer.length));
        return datagram.length;
    }
}
