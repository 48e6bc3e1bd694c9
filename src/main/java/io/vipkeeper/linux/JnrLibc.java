package io.vipkeeper.linux;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.types.size_t;
import jnr.ffi.types.ssize_t;
import jnr.ffi.types.uintptr_t;

/**
 * {@link Libc} over jnr-ffi. The first call ever costs some hundred milliseconds (class generation and the loading of
 * libjffi), every later one a few microseconds on top of the system call.
 */
public final class JnrLibc implements Libc {

    private final Functions functions;
    private final Runtime runtime;

    public JnrLibc() {
        functions = LibraryLoader.create(Functions.class).load("c");
        runtime = Runtime.getRuntime(functions);
    }

    @Override
    public int socket(int domain, int type, int protocol) {
        return answer(functions.socket(domain, type, protocol));
    }

    @Override
    public int bind(int socket, byte[] address) {
        return answer(functions.bind(socket, address, address.length));
    }

    @Override
    public int sendto(int socket, byte[] message, int flags, byte[] address) {
        byte[] target = address.length == 0 ? null : address;
        int answer;
        do {
            answer = answer(functions.sendto(socket, message, message.length, flags, target, address.length));
        } while (Errno.EINTR.is(answer));
        return answer;
    }

    @Override
    public int recv(int socket, byte[] buffer, int flags) {
        int answer;
        do {
            answer = answer(functions.recv(socket, buffer, buffer.length, flags));
        } while (Errno.EINTR.is(answer));
        return answer;
    }

    @Override
    public int setsockopt(int socket, int level, int option, byte[] value) {
        return answer(functions.setsockopt(socket, level, option, value, value.length));
    }

    @Override
    public int attachFilter(int socket, byte[] instructions) {
        if (instructions.length == 0 || instructions.length % LinuxConstants.FILTER_INSTRUCTION_LENGTH != 0) {
            return Errno.EINVAL.negated();
        }
        Pointer filter = Memory.allocateDirect(runtime, instructions.length);
        filter.put(0, instructions, 0, instructions.length);
        int pointerOffset = runtime.addressSize();
        Pointer program = Memory.allocateDirect(runtime, 2 * pointerOffset);
        program.putShort(0, (short) (instructions.length / LinuxConstants.FILTER_INSTRUCTION_LENGTH));
        program.putPointer(pointerOffset, filter);
        return answer(functions.setsockopt(
                socket, LinuxConstants.SOL_SOCKET, LinuxConstants.SO_ATTACH_FILTER, program, 2 * pointerOffset));
    }

    /** Not repeated when interrupted: Linux has released the descriptor by then, and another thread may have it. */
    @Override
    public int close(int socket) {
        return answer(functions.close(socket));
    }

    @Override
    public int clockGettime(int clock, long[] timespec) {
        return answer(functions.clock_gettime(clock, timespec));
    }

    @Override
    public int madvise(long address, long length, int advice) {
        return answer(functions.madvise(address, length, advice));
    }

    @Override
    public void exit(int status) {
        functions._exit(status);
    }

    /** Must be the first thing after the call: jnr-ffi keeps one errno for each thread, of the thread's last call. */
    private int answer(long returned) {
        return returned < 0 ? -runtime.getLastError() : Math.toIntExact(returned);
    }

    /** Public only because jnr-ffi implements it in a generated class. */
    public interface Functions {
        int socket(int domain, int type, int protocol);

        int bind(int socket, @In byte[] address, int length);

        @ssize_t
        long sendto(
                int socket, @In byte[] message, @size_t long length, int flags, @In byte[] address, int addressLength);

        @ssize_t
        long recv(int socket, @Out byte[] buffer, @size_t long length, int flags);

        int setsockopt(int socket, int level, int option, @In byte[] value, int length);

        void _exit(int status);

        int setsockopt(int socket, int level, int option, @In Pointer value, int length);

        int close(int socket);

        int clock_gettime(int clock, @Out long[] timespec);

        int madvise(@uintptr_t long address, @size_t long length, int advice);
    }
}
