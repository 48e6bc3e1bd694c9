package io.vipkeeper.linux;

import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.function.CFunction.Transition;
import org.graalvm.nativeimage.c.type.CIntPointer;
import org.graalvm.word.PointerBase;
import org.graalvm.word.SignedWord;
import org.graalvm.word.UnsignedWord;

/**
 * libc for {@link NativeLibc}. Without a transition the thread cannot be stopped between a call and the look at its
 * errno, so that nothing overwrites it; for that, such a call must never wait in the kernel.
 */
final class CFunctions {
    private CFunctions() {}

    @CFunction(value = "__errno_location", transition = Transition.NO_TRANSITION)
    static native CIntPointer errnoLocation();

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int socket(int domain, int type, int protocol);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int bind(int socket, PointerBase address, int length);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native SignedWord sendto(
            int socket, PointerBase message, UnsignedWord length, int flags, PointerBase address, int addressLength);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native SignedWord recv(int socket, PointerBase buffer, UnsignedWord length, int flags);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int setsockopt(int socket, int level, int option, PointerBase value, int length);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int getsockopt(int socket, int level, int option, PointerBase value, CIntPointer length);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int close(int socket);

    @CFunction(value = "clock_gettime", transition = Transition.NO_TRANSITION)
    static native int clockGettime(int clock, PointerBase timespec);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int madvise(PointerBase address, UnsignedWord length, int advice);

    /** The one call that waits; its errno is not to be read. */
    @CFunction(transition = Transition.TO_NATIVE)
    static native int poll(PointerBase descriptors, long count, int millis);

    @CFunction(value = "_exit", transition = Transition.NO_TRANSITION)
    static native void exit(int status);
}
