package io.vipkeeper.demo.lab;

import java.io.PrintStream;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntSupplier;

import io.vipkeeper.linux.Libc;
import io.vipkeeper.linux.LinuxConstants;
import io.vipkeeper.linux.SystemLibc;

/**
 * Makes each call of {@link Libc} in good and in bad ways and prints what was answered, one line each: the same on a JVM
 * and in the native executable, whose libc is another one. Needs no privilege.
 */
public final class LibcTrialMain {
    private static final int SOCK_DGRAM = 2;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int CLOCK_MONOTONIC = 1;
    private static final int MADV_DONTNEED = 4;
    private static final int WAIT_MILLIS = 100;

    /** {@code BPF_RET | BPF_K} with 0: takes nothing in. */
    private static final byte[] NOTHING_PASSES = {6, 0, 0, 0, 0, 0, 0, 0};

    private final Libc libc;
    private final PrintStream out;

    private LibcTrialMain(Libc libc, PrintStream out) {
        this.libc = libc;
        this.out = out;
    }

    public static void main(String... arguments) throws InterruptedException {
        run(System.out);
    }

    /** @throws InterruptedException when the thread was interrupted while others were in calls */
    public static void run(PrintStream out) throws InterruptedException {
        LibcTrialMain trial = new LibcTrialMain(SystemLibc.open(), out);
        trial.refused();
        trial.datagram();
        trial.filtered();
        trial.waiting();
        trial.clocks();
        trial.memory();
        trial.apart();
        out.flush();
    }

    private void refused() {
        byte[] nobody = new byte[0];
        say("close nothing", libc.close(-1));
        say("receive from nothing", libc.recv(-1, new byte[8], 0));
        say("send to nothing", libc.sendto(-1, new byte[8], 0, nobody));
        say("unknown type", libc.socket(LinuxConstants.AF_NETLINK, 99, 0));
        say("unknown option", libc.setsockopt(-1, LinuxConstants.SOL_SOCKET, 0, LinuxConstants.optionInt(1)));
        say("half a filter", libc.attachFilter(-1, new byte[7]));
        say("no filter", libc.attachFilter(-1, nobody));
    }

    private void datagram() {
        int receiver = loopback();
        byte[] address = address(receiver);
        int sender = libc.socket(LinuxConstants.AF_INET, SOCK_DGRAM | LinuxConstants.SOCK_CLOEXEC, 0);
        say("taken address", libc.bind(sender, address));
        say("send", libc.sendto(sender, new byte[] {1, 2, 3}, 0, address));
        byte[] buffer = new byte[8];
        say("receive", libc.recv(receiver, buffer, 0));
        out.println("received " + Arrays.toString(buffer));
        say("send an empty one", libc.sendto(sender, new byte[0], 0, address));
        say("receive an empty one", libc.recv(receiver, buffer, 0));
        say("send a long one", libc.sendto(sender, new byte[8], 0, address));
        say("see how long", libc.recv(receiver, new byte[2], LinuxConstants.MSG_TRUNC));
        say("nothing there", libc.recv(receiver, buffer, MSG_DONTWAIT));
        say("close", libc.close(sender));
        say("close again", libc.close(sender));
        libc.close(receiver);
    }

    private void filtered() {
        int receiver = loopback();
        byte[] address = address(receiver);
        say("filter", libc.attachFilter(receiver, NOTHING_PASSES));
        say("send to a filter", libc.sendto(receiver, new byte[4], 0, address));
        say("nothing passes", libc.recv(receiver, new byte[8], MSG_DONTWAIT));
        libc.close(receiver);
    }

    /** A thread that waits in a call must not hold up a garbage collection, nor be ended by one. */
    private void waiting() {
        int receiver = loopback();
        libc.setsockopt(
                receiver,
                LinuxConstants.SOL_SOCKET,
                LinuxConstants.SO_RCVTIMEO,
                LinuxConstants.timeval(5L * WAIT_MILLIS));
        Thread collector = new Thread(System::gc);
        long before = System.nanoTime();
        collector.start();
        int answer = libc.recv(receiver, new byte[8], 0);
        long waited = (System.nanoTime() - before) / 1_000_000;
        say("waited in vain", answer);
        out.println("waited as long as asked " + (waited >= 5L * WAIT_MILLIS - 5));
        out.println("collected meanwhile " + !collector.isAlive());
        libc.close(receiver);
    }

    private void clocks() {
        long[] time = new long[2];
        long before = System.nanoTime();
        say("clock", libc.clockGettime(CLOCK_MONOTONIC, time));
        long read = time[0] * 1_000_000_000 + time[1];
        out.println("the same clock as System.nanoTime " + (read >= before && read <= System.nanoTime()));
        say("no such clock", libc.clockGettime(99, time));
    }

    private void memory() {
        say("advice for no memory", libc.madvise(0, 0, MADV_DONTNEED));
        say("advice for half a page", libc.madvise(1, 4096, MADV_DONTNEED));
    }

    /** Each thread has its own errno. */
    private void apart() throws InterruptedException {
        int[] closed = new int[1];
        Thread closing = new Thread(() -> closed[0] = always(() -> libc.close(-1)));
        closing.start();
        int unknown = always(() -> libc.clockGettime(99, new long[2]));
        closing.join();
        say("always the close's own", closed[0]);
        say("always the clock's own", unknown);
    }

    private static int always(IntSupplier call) {
        int first = call.getAsInt();
        for (int i = 0; i < 5_000; i++) {
            if (call.getAsInt() != first) {
                return 0;
            }
        }
        return first;
    }

    /** A UDP socket of 127.0.0.1 at a port of this process alone. */
    private int loopback() {
        int socket = libc.socket(LinuxConstants.AF_INET, SOCK_DGRAM | LinuxConstants.SOCK_CLOEXEC, 0);
        if (libc.bind(socket, address(socket)) < 0) {
            throw new LabException("no port for the trial");
        }
        return socket;
    }

    /** A {@code struct sockaddr_in}; the port is told apart by process and socket. */
    private static byte[] address(int socket) {
        int port = 20_000 + (int) (ProcessHandle.current().pid() * 16 + socket % 16) % 10_000;
        return ByteBuffer.allocate(16)
                .order(ByteOrder.nativeOrder())
                .putShort((short) LinuxConstants.AF_INET)
                .order(ByteOrder.BIG_ENDIAN)
                .putShort((short) port)
                .put(Inet4Address.getLoopbackAddress().getAddress())
                .array();
    }

    private void say(String what, int answer) {
        out.println(what + " " + answer);
    }
}
