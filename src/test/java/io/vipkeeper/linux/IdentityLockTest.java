package io.vipkeeper.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Needs Linux, but no privilege. */
final class IdentityLockTest {
    private final Libc libc = new JnrLibc();
    private final String lease = "test-" + UUID.randomUUID();

    @Test
    void onlyOneOfTwoWithOneNameHasIt() {
        IdentityLock first = lock("node-a");
        try (IdentityLock second = lock("node-a");
                IdentityLock other = lock("node-b")) {
            // when the first has it
            assertThat(first.tryAcquire()).isTrue();

            // then
            assertThat(second.tryAcquire()).isFalse();
            assertThat(first.tryAcquire()).as("asked again").isTrue();
            assertThat(other.tryAcquire()).isTrue();

            // when it is released
            first.close();

            // then
            assertThat(second.tryAcquire()).isTrue();
        } finally {
            first.close();
        }
    }

    @Test
    void tellsLongNamesApart() {
        String longName = "n".repeat(250);
        try (IdentityLock first = lock(longName + "a");
                IdentityLock second = lock(longName + "b");
                IdentityLock same = lock(longName + "a")) {
            assertThat(first.tryAcquire()).isTrue();
            assertThat(second.tryAcquire()).isTrue();
            assertThat(same.tryAcquire()).isFalse();
        }
    }

    @Test
    void isFreeOnceItsProcessWasKilled() throws IOException, InterruptedException {
        // given another process that has the lock
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        lease)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (IdentityLock lock = lock("node-a")) {
            assertThat(process.inputReader().readLine()).isEqualTo("locked");
            assertThat(lock.tryAcquire()).isFalse();

            // when it is killed
            process.destroyForcibly();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();

            // then
            assertThat(lock.tryAcquire()).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    private IdentityLock lock(String identity) {
        return new IdentityLock(libc, "kube-system", lease, identity);
    }

    /** Takes the lock, says so, and waits to be killed. */
    static final class LockHolder {
        public static void main(String[] args) throws InterruptedException {
            try (IdentityLock lock = new IdentityLock(new JnrLibc(), "kube-system", args[0], "node-a")) {
                System.out.println(lock.tryAcquire() ? "locked" : "refused");
                Thread.sleep(60_000);
            }
        }
    }
}
