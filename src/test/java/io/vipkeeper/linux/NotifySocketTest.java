package io.vipkeeper.linux;

import java.nio.file.Path;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Needs Linux, but no privilege. */
final class NotifySocketTest {
    private final Libc libc = new JnrLibc();

    @TempDir
    private Path directory;

    @Test
    void reachesASocketThatIsAFile() {
        assertReached(directory.resolve("notify").toString());
    }

    @Test
    void reachesASocketWithAnAbstractName() {
        assertReached("@vipkeeper-test/" + UUID.randomUUID());
    }

    private void assertReached(String name) {
        try (ServiceManagerSocket manager = new ServiceManagerSocket(name);
                NotifySocket socket = new NotifySocket(libc, name)) {
            // when
            int sent = socket.send("READY=1\nSTATUS=holds");

            // then
            assertThat(sent).isEqualTo(20);
            assertThat(manager.heard()).containsExactly("READY=1", "STATUS=holds");
        }
    }

    @Test
    void doesNotWaitForAManagerThatDoesNotRead() {
        String name = directory.resolve("notify").toString();
        try (ServiceManagerSocket manager = new ServiceManagerSocket(name);
                NotifySocket socket = new NotifySocket(libc, name)) {
            // when: more is sent than a queue takes
            int answer = 0;
            for (int i = 0; i < 100_000 && answer >= 0; i++) {
                answer = socket.send("WATCHDOG=1");
            }

            // then
            assertThat(Errno.EAGAIN.is(answer)).isTrue();
            assertThat(manager.heard()).isNotEmpty();
            assertThat(socket.send("WATCHDOG=1")).isPositive();
        }
    }

    @Test
    void aManagerThatIsNotThereIsAnErrorOfTheCall() {
        try (NotifySocket socket =
                new NotifySocket(libc, directory.resolve("nobody").toString())) {
            assertThat(Errno.ENOENT.is(socket.send("READY=1"))).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@", "/", "notify", "vsock:2:1234"})
    void namesThatAreNeitherPathsNorAbstractAreNone(String name) {
        assertThat(NotifySocket.isName(name)).isFalse();
        assertThat(NotifySocket.isName("/" + "n".repeat(107))).isFalse();
        assertThat(NotifySocket.isName("/" + "n".repeat(106))).isTrue();
    }
}
