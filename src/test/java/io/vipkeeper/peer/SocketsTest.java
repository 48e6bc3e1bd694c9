package io.vipkeeper.peer;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which of the kernel's queues a datagram comes to; over the loopback interface. */
@Timeout(30)
final class SocketsTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private DatagramChannel peer;
    private DatagramChannel other;
    private DatagramChannel stranger;

    @BeforeEach
    void open() throws IOException {
        peer = bound();
        other = bound();
        stranger = bound();
    }

    @AfterEach
    void close() throws IOException {
        for (DatagramChannel channel : List.of(peer, other, stranger)) {
            channel.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "::"})
    void eachPeerHasAQueueAndStrangersShareOne(String local) throws Exception {
        try (Sockets sockets = Sockets.open(new InetSocketAddress(local, 0))) {
            // given
            sockets.attend(Set.of(address(peer), address(other)));

            // when
            for (DatagramChannel from : List.of(stranger, peer, other)) {
                from.send(ByteBuffer.wrap(new byte[] {1}), new InetSocketAddress(LOOPBACK, sockets.port()));
            }

            // then
            assertThat(sockets.all()).hasSize(3);
            assertThat(List.of(next(sockets, 0), next(sockets, 1)))
                    .containsExactlyInAnyOrder(address(peer), address(other));
            assertThat(next(sockets, 2)).isEqualTo(address(stranger));
        }
    }

    @Test
    void whoIsNotAttendedToAnyMoreIsAStranger() throws Exception {
        try (Sockets sockets = Sockets.open(new InetSocketAddress(LOOPBACK, 0))) {
            // given
            sockets.attend(Set.of(address(peer), address(other)));
            DatagramChannel[] before = sockets.all();

            // when
            sockets.attend(Set.of(address(other)));
            sockets.settle();
            peer.send(ByteBuffer.wrap(new byte[] {1}), new InetSocketAddress(LOOPBACK, sockets.port()));

            // then
            assertThat(sockets.all()).hasSize(2).isSubsetOf(before);
            assertThat(next(sockets, 1)).isEqualTo(address(peer));
        }
    }

    @Test
    void sendsFromItsPort() throws Exception {
        try (Sockets sockets = Sockets.open(new InetSocketAddress(LOOPBACK, 0))) {
            sockets.attend(Set.of(address(peer)));
            assertThat(sockets.send(ByteBuffer.wrap(new byte[] {1}), address(peer)))
                    .isTrue();
            assertThat(peer.receive(ByteBuffer.allocate(1))).isEqualTo(new InetSocketAddress(LOOPBACK, sockets.port()));
        }
    }

    /** The peers' queues share the port, which must not let anybody else have it. */
    @Test
    void nobodyElseCanSitDownOnThePort() throws Exception {
        try (Sockets sockets = Sockets.open(new InetSocketAddress(LOOPBACK, 0));
                DatagramChannel thief = DatagramChannel.open()) {
            sockets.attend(Set.of(address(peer)));
            InetSocketAddress taken = new InetSocketAddress(LOOPBACK, sockets.port());
            thief.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            assertThatThrownBy(() -> thief.bind(taken)).isInstanceOf(BindException.class);
            assertThatThrownBy(() -> Sockets.open(taken)).isInstanceOf(BindException.class);
        }
    }

    @Test
    void whoCannotBeReachedIsLeftToTheOpenSocket() throws Exception {
        try (Sockets sockets = Sockets.open(new InetSocketAddress(LOOPBACK, 0))) {
            sockets.attend(Set.of(new InetSocketAddress("192.0.2.1", 9), address(peer)));
            assertThat(sockets.all()).hasSize(2);
        }
    }

    private static InetSocketAddress next(Sockets sockets, int index) throws IOException {
        long deadline = System.nanoTime() + 5_000_000_000L;
        while (System.nanoTime() < deadline) {
            InetSocketAddress from = (InetSocketAddress) sockets.all()[index].receive(ByteBuffer.allocate(8));
            if (from != null) {
                return from;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("nothing came to queue " + index + " of " + sockets.all().length);
    }

    private static DatagramChannel bound() throws IOException {
        return DatagramChannel.open().bind(new InetSocketAddress(LOOPBACK, 0));
    }

    private static InetSocketAddress address(DatagramChannel channel) throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }
}
