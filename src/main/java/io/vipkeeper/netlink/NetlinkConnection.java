package io.vipkeeper.netlink;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vipkeeper.linux.Errno;
import io.vipkeeper.linux.KernelException;
import io.vipkeeper.linux.Libc;
import io.vipkeeper.linux.LinuxConstants;

/**
 * Questions to the kernel and its answers over one netlink socket. Answers to earlier questions, which arrive after a
 * time-out, are known by their sequence number and left out. Only the kernel and processes with NET_ADMIN can send to
 * such a socket ({@code netlink(7)}). Any thread may call; one question is asked at a time.
 */
public final class NetlinkConnection implements AutoCloseable {
    private static final int NETLINK_ROUTE = 0;

    private static final long RECEIVE_TIMEOUT_MILLIS = 1_000;
    private static final long ANSWER_TIMEOUT_NANOS = 2_000_000_000L;
    private static final int DUMP_ATTEMPTS = 4;
    /** The kernel fills dumps up to 32 KiB where the reader has that much room. */
    private static final int BUFFER_LENGTH = 32 * 1024;

    private final Libc libc;
    private final int socket;
    private final byte[] buffer = new byte[BUFFER_LENGTH];
    private int sequence;

    NetlinkConnection(Libc libc) {
        this(libc, NETLINK_ROUTE);
    }

    /**
     * @param protocol a NETLINK_ number of {@code linux/netlink.h}
     * @throws KernelException if the kernel gives no socket, as for a protocol that it lacks
     */
    public NetlinkConnection(Libc libc, int protocol) {
        this.libc = libc;
        this.socket = open(libc, protocol, 0, RECEIVE_TIMEOUT_MILLIS);
    }

    /** A bound socket that hears the multicast {@code groups} and never blocks longer than the time-out. */
    static int open(Libc libc, int groups, long timeoutMillis) {
        return open(libc, NETLINK_ROUTE, groups, timeoutMillis);
    }

    private static int open(Libc libc, int protocol, int groups, long timeoutMillis) {
        int type = LinuxConstants.SOCK_RAW | LinuxConstants.SOCK_CLOEXEC;
        int socket =
                KernelException.check("socket", "AF_NETLINK", libc.socket(LinuxConstants.AF_NETLINK, type, protocol));
        try {
            byte[] timeout = LinuxConstants.timeval(timeoutMillis);
            KernelException.check(
                    "SO_RCVTIMEO",
                    "on the netlink socket",
                    libc.setsockopt(socket, LinuxConstants.SOL_SOCKET, LinuxConstants.SO_RCVTIMEO, timeout));
            KernelException.check("bind", "AF_NETLINK", libc.bind(socket, address(groups)));
            return socket;
        } catch (KernelException e) {
            libc.close(socket);
            throw e;
        }
    }

    /** Turns one message of an answer into a value. */
    public interface Decoder<T> {
        T decode(NetlinkMessage message) throws MalformedMessageException;
    }

    /**
     * Asks for a change and waits until the kernel has made or refused it.
     *
     * @return zero or the negated errno
     */
    synchronized int change(int type, int flags, byte[] body) {
        int asked = ask(type, flags | NetlinkMessage.ACKNOWLEDGE, body);
        return asked < 0 ? asked : collect(new ArrayList<>(), message -> message);
    }

    /** Asks for one thing; empty if the kernel says that there is none. */
    public synchronized <T> Optional<T> get(int type, byte[] body, Decoder<T> decoder) {
        List<T> found = new ArrayList<>();
        int answer = ask(type, NetlinkMessage.ACKNOWLEDGE, body);
        answer = answer < 0 ? answer : collect(found, decoder);
        if (Errno.ENODEV.is(answer) || Errno.ENOENT.is(answer)) {
            return Optional.empty();
        }
        KernelException.check("netlink request", "type " + type, answer);
        return found.stream().findFirst();
    }

    /**
     * What the kernel refused of a batch.
     *
     * @param index of the refused message; zero also if it refused the batch as a whole or never answered
     * @param answer the negated errno
     */
    public record Refusal(int index, int answer) {}

    /**
     * Sends messages in one datagram that the kernel makes into one change, or into none if it refuses any of them, as
     * nfnetlink does between its begin and its end message; waits for the outcome.
     *
     * <p>The kernel answers the refused messages and those that ask for an acknowledgement, in their order and when all
     * are through. So the last change is to ask for one, and no other. An error of the first message is one of the whole.
     *
     * @param messages numbered here
     */
    public synchronized Optional<Refusal> batch(List<NetlinkMessage> messages) {
        int first = sequence + 1;
        ByteArrayOutputStream datagram = new ByteArrayOutputStream();
        int acknowledging = 0;
        for (NetlinkMessage message : messages) {
            sequence++;
            datagram.writeBytes(message.numbered(sequence).encode());
            boolean asks = (message.flags() & NetlinkMessage.ACKNOWLEDGE) != 0;
            acknowledging = asks ? sequence - first : acknowledging;
        }
        int sent = libc.sendto(socket, datagram.toByteArray(), 0, address(0));
        return sent < 0 ? Optional.of(new Refusal(0, sent)) : outcome(first, messages.size(), acknowledging);
    }

    private Optional<Refusal> outcome(int first, int count, int acknowledging) {
        long since = System.nanoTime();
        while (System.nanoTime() - since < ANSWER_TIMEOUT_NANOS) {
            int length = libc.recv(socket, buffer, LinuxConstants.MSG_TRUNC);
            if (length < 0) {
                return Optional.of(new Refusal(0, length));
            }
            try {
                for (NetlinkMessage message : NetlinkMessage.decodeAll(buffer, length)) {
                    Refusal verdict = verdict(message, first, count);
                    if (verdict.answer() != 0) {
                        return Optional.of(verdict);
                    }
                    if (verdict.index() == acknowledging) {
                        return Optional.empty();
                    }
                }
            } catch (MalformedMessageException e) {
                return Optional.of(new Refusal(0, Errno.EBADMSG.negated()));
            }
        }
        return Optional.of(new Refusal(0, Errno.EAGAIN.negated()));
    }

    /** With index -1 for a message that answers none of the batch, and answer zero for an acknowledgement. */
    private static Refusal verdict(NetlinkMessage message, int first, int count) throws MalformedMessageException {
        int index = message.sequence() - first;
        boolean ours = message.type() == NetlinkMessage.ERROR && index >= 0 && index < count;
        return ours ? new Refusal(index, message.answer()) : new Refusal(-1, 0);
    }

    /**
     * Asks for everything of a kind, again when it changed while the kernel told it; on a node where it changes all the
     * time the last answer has to do.
     */
    synchronized <T> List<T> dump(int type, byte[] body, Decoder<T> decoder) {
        List<T> found = new ArrayList<>();
        int answer = 0;
        for (int attempt = 0; attempt < DUMP_ATTEMPTS; attempt++) {
            found.clear();
            answer = ask(type, NetlinkMessage.DUMP, body);
            answer = answer < 0 ? answer : collect(found, decoder);
            if (answer == 0) {
                return found;
            }
            if (!Errno.EINTR.is(answer) && !Errno.ENOBUFS.is(answer)) {
                break;
            }
        }
        if (Errno.EINTR.is(answer)) {
            return found;
        }
        throw new KernelException("netlink dump", "type " + type, answer);
    }

    @Override
    public synchronized void close() {
        libc.close(socket);
    }

    private int ask(int type, int flags, byte[] body) {
        sequence++;
        byte[] message = new NetlinkMessage(type, flags | NetlinkMessage.REQUEST, sequence, 0, body).encode();
        return libc.sendto(socket, message, 0, address(0));
    }

    /** Reads until the answer has ended; EINTR if it is inconsistent, EBADMSG if it makes no sense. */
    private <T> int collect(List<T> found, Decoder<T> decoder) {
        long since = System.nanoTime();
        boolean interrupted = false;
        while (System.nanoTime() - since < ANSWER_TIMEOUT_NANOS) {
            int length = libc.recv(socket, buffer, LinuxConstants.MSG_TRUNC);
            if (length < 0) {
                return length;
            }
            try {
                for (NetlinkMessage message : NetlinkMessage.decodeAll(buffer, length)) {
                    if (message.sequence() != sequence) {
                        continue;
                    }
                    interrupted |= (message.flags() & NetlinkMessage.DUMP_INTERRUPTED) != 0;
                    if (message.type() == NetlinkMessage.ERROR || message.type() == NetlinkMessage.DONE) {
                        int answer = message.answer();
                        return answer == 0 && interrupted ? Errno.EINTR.negated() : answer;
                    }
                    found.add(decoder.decode(message));
                }
            } catch (MalformedMessageException e) {
                return Errno.EBADMSG.negated();
            }
        }
        return Errno.EAGAIN.negated();
    }

    /** {@code struct sockaddr_nl} of the kernel (port zero), or of this end, whose port the kernel then picks. */
    private static byte[] address(int groups) {
        return ByteBuffer.allocate(12)
                .order(ByteOrder.nativeOrder())
                .putShort((short) LinuxConstants.AF_NETLINK)
                .putShort((short) 0)
                .putInt(0)
                .putInt(groups)
                .array();
    }
}
