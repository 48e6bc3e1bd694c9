package io.vipkeeper.linux;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static io.vipkeeper.linux.LinuxConstants.AF_NETLINK;
import static io.vipkeeper.linux.LinuxConstants.SOCK_CLOEXEC;
import static io.vipkeeper.linux.LinuxConstants.SOCK_RAW;
import static io.vipkeeper.linux.LinuxConstants.SOL_SOCKET;
import static io.vipkeeper.linux.LinuxConstants.SO_RCVTIMEO;
import static org.assertj.core.api.Assertions.assertThat;

/** Needs Linux, but no privilege. */
final class JnrLibcTest {
    private final Libc libc = new JnrLibc();

    @Test
    void answersTheNegatedErrnoOfTheCallThatFailed() {
        assertThat(libc.close(-1)).isEqualTo(Errno.EBADF.negated());
        assertThat(libc.socket(AF_NETLINK, 99, 0)).isNegative().isNotEqualTo(Errno.EBADF.negated());
        assertThat(libc.recv(-1, new byte[8], 0)).isEqualTo(Errno.EBADF.negated());
        assertThat(libc.sendto(-1, new byte[8], 0, new byte[0])).isEqualTo(Errno.EBADF.negated());
        assertThat(libc.attachFilter(0, new byte[7])).isEqualTo(Errno.EINVAL.negated());
    }

    @Test
    void givesUpAReceiveAfterItsTimeout() {
        // given
        int socket = libc.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, 0);
        assertThat(libc.setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, LinuxConstants.timeval(50)))
                .isZero();

        // when
        long before = System.nanoTime();
        int answer = libc.recv(socket, new byte[64], 0);

        // then
        assertThat(Errno.EAGAIN.is(answer)).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isBetween(Duration.ofMillis(45), Duration.ofSeconds(5));
        assertThat(libc.close(socket)).isZero();
    }

    @Test
    void keepsTheErrnoOfEachThreadApart() throws InterruptedException {
        // given two threads whose calls fail in different ways at the same time
        AtomicInteger wrong = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        Thread closing = new Thread(() -> repeat(start, wrong, () -> libc.close(-1), Errno.EBADF));
        Thread filtering = new Thread(() -> repeat(start, wrong, () -> libc.bind(0, new byte[0]), null));

        // when
        closing.start();
        filtering.start();
        start.countDown();
        closing.join();
        filtering.join();

        // then
        assertThat(wrong).hasValue(0);
    }

    private static void repeat(
            CountDownLatch start, AtomicInteger wrong, java.util.function.IntSupplier call, Errno expected) {
        try {
            start.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (int i = 0; i < 2_000; i++) {
            int answer = call.getAsInt();
            boolean right = expected == null ? !Errno.EBADF.is(answer) && answer < 0 : expected.is(answer);
            if (!right) {
                wrong.incrementAndGet();
            }
        }
    }
}
