package io.vipkeeper.linux;

import java.util.concurrent.TimeUnit;

import org.graalvm.nativeimage.PinnedObject;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.nativeimage.UnmanagedMemory;
import org.graalvm.nativeimage.c.type.CIntPointer;
import org.graalvm.nativeimage.c.type.CLongPointer;
import org.graalvm.word.Pointer;
import org.graalvm.word.PointerBase;
import org.graalvm.word.WordFactory;

/**
 * {@link Libc} over GraalVM's C interface, for the native executable. A call that would wait is made without waiting and
 * repeated after {@code poll(2)}, which alone lets the thread be stopped for a garbage collection meanwhile; the
 * socket's own timeouts hold.
 */
final class NativeLibc implements Libc {
    private static final int SO_SNDTIMEO = 21;
    private static final int SOCK_FPROG_LENGTH = 16;
    private static final int MSG_DONTWAIT = 0x40;
    private static final short POLLIN = 1;
    private static final short POLLOUT = 4;
    private static final int TIMEVAL_LENGTH = 16;
    private static final int FOR_EVER = -1;

    @Override
    public int socket(int domain, int type, int protocol) {
        return answer(CFunctions.socket(domain, type, protocol));
    }

    @Override
    public int bind(int socket, byte[] address) {
        try (PinnedObject pinned = PinnedObject.create(address)) {
            return answer(CFunctions.bind(socket, start(pinned, address), address.length));
        }
    }

    @Override
    public int sendto(int socket, byte[] message, int flags, byte[] address) {
        try (PinnedObject pinnedMessage = PinnedObject.create(message);
                PinnedObject pinnedAddress = PinnedObject.create(address)) {
            int answer;
            do {
                answer = answer(CFunctions.sendto(
                                socket,
                                start(pinnedMessage, message),
                                WordFactory.unsigned(message.length),
                                flags | MSG_DONTWAIT,
                                start(pinnedAddress, address),
                                address.length)
                        .rawValue());
            } while (again(answer, socket, flags, POLLOUT, SO_SNDTIMEO));
            return answer;
        }
    }

    @Override
    public int recv(int socket, byte[] buffer, int flags) {
        try (PinnedObject pinned = PinnedObject.create(buffer)) {
            int answer;
            do {
                answer = answer(CFunctions.recv(
                                socket,
                                start(pinned, buffer),
                                WordFactory.unsigned(buffer.length),
                                flags | MSG_DONTWAIT)
                        .rawValue());
            } while (again(answer, socket, flags, POLLIN, LinuxConstants.SO_RCVTIMEO));
            return answer;
        }
    }

    @Override
    public int setsockopt(int socket, int level, int option, byte[] value) {
        try (PinnedObject pinned = PinnedObject.create(value)) {
            return answer(CFunctions.setsockopt(socket, level, option, start(pinned, value), value.length));
        }
    }

    @Override
    public int attachFilter(int socket, byte[] instructions) {
        if (instructions.length == 0 || instructions.length % LinuxConstants.FILTER_INSTRUCTION_LENGTH != 0) {
            return Errno.EINVAL.negated();
        }
        try (PinnedObject pinned = PinnedObject.create(instructions)) {
            Pointer program = StackValue.get(SOCK_FPROG_LENGTH);
            program.writeShort(0, (short) (instructions.length / LinuxConstants.FILTER_INSTRUCTION_LENGTH));
            program.writeWord(8, start(pinned, instructions));
            return answer(CFunctions.setsockopt(
                    socket, LinuxConstants.SOL_SOCKET, LinuxConstants.SO_ATTACH_FILTER, program, SOCK_FPROG_LENGTH));
        }
    }

    /** Not repeated when interrupted: Linux has released the descriptor by then, and another thread may have it. */
    @Override
    public int close(int socket) {
        return answer(CFunctions.close(socket));
    }

    @Override
    public int clockGettime(int clock, long[] timespec) {
        try (PinnedObject pinned = PinnedObject.create(timespec)) {
            return answer(CFunctions.clockGettime(clock, pinned.addressOfArrayElement(0)));
        }
    }

    @Override
    public int madvise(long address, long length, int advice) {
        return answer(CFunctions.madvise(WordFactory.pointer(address), WordFactory.unsigned(length), advice));
    }

    @Override
    public void exit(int status) {
        CFunctions.exit(status);
    }

    /** Whether the call is to be made again: it was interrupted, or waiting for the socket has just ended well. */
    private static boolean again(int answer, int socket, int flags, short event, int timeout) {
        if (Errno.EINTR.is(answer)) {
            return true;
        }
        boolean mayWait = (flags & MSG_DONTWAIT) == 0;
        return mayWait && Errno.EAGAIN.is(answer) && becomes(socket, event, millis(socket, timeout));
    }

    /** Waits; an interruption counts as ready, for the caller looks again anyway. */
    private static boolean becomes(int socket, short event, int millis) {
        // Not on the stack: the thread may be stopped meanwhile, and the memory must not move or end.
        Pointer descriptor = UnmanagedMemory.malloc(8);
        try {
            descriptor.writeInt(0, socket);
            descriptor.writeShort(4, event);
            descriptor.writeShort(6, (short) 0);
            return CFunctions.poll(descriptor, 1, millis) != 0;
        } finally {
            UnmanagedMemory.free(descriptor);
        }
    }

    private static int millis(int socket, int option) {
        CLongPointer timeval = StackValue.get(TIMEVAL_LENGTH);
        CIntPointer length = StackValue.get(CIntPointer.class);
        length.write(TIMEVAL_LENGTH);
        if (CFunctions.getsockopt(socket, LinuxConstants.SOL_SOCKET, option, timeval, length) < 0) {
            return FOR_EVER;
        }
        long micros = TimeUnit.SECONDS.toMicros(timeval.read(0)) + timeval.read(1);
        return micros == 0 ? FOR_EVER : Math.toIntExact(Math.max(1, micros / 1000));
    }

    /** Must be the first thing after the call. */
    private static int answer(long returned) {
        return returned < 0 ? -CFunctions.errnoLocation().read() : Math.toIntExact(returned);
    }

    private static PointerBase start(PinnedObject pinned, byte[] array) {
        return array.length == 0 ? WordFactory.nullPointer() : pinned.addressOfArrayElement(0);
    }
}
