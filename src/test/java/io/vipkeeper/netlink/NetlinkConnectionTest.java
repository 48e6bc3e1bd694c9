package io.vipkeeper.netlink;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.vipkeeper.linux.Errno;
import io.vipkeeper.linux.KernelException;
import io.vipkeeper.linux.LinuxConstants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class NetlinkConnectionTest {
    private static final int FLAGS_OFFSET = 6;

    private final FakeKernel kernel = new FakeKernel();
    private final NetlinkConnection connection = new NetlinkConnection(kernel);

    @Test
    void readsADumpOfManyDatagrams() throws Exception {
        // given
        for (int i = 1; i <= 200; i++) {
            kernel.addresses.add(address("198.51.100." + i));
        }

        // then
        assertThat(Interfaces.addresses(connection, LinuxConstants.AF_INET)).isEqualTo(kernel.addresses);
    }

    @Test
    void findsNoIpv6AddressesWhereTheKernelHasNoIpv6() {
        // given a kernel that answers with the addresses of all families it has
        kernel.withoutIpv6 = true;
        kernel.addresses.add(address("192.0.2.10"));

        // then
        assertThat(Interfaces.addresses(connection, LinuxConstants.AF_INET6)).isEmpty();
    }

    @Test
    void leavesOutAnswersToEarlierQuestions() throws Exception {
        // given the answer to a question that was given up
        kernel.addresses.add(address("192.0.2.10"));
        kernel.sendto(5, new NetlinkMessage(22, 0x301, 77, 0, AddressMessage.dumpRequest(2)).encode(), 0, new byte[0]);
        assertThat(kernel.datagrams).hasSize(2);

        // then
        assertThat(Interfaces.addresses(connection, LinuxConstants.AF_INET)).hasSize(1);
    }

    @Test
    void asksAgainWhenTheKernelSaysThatTheDumpWasDisturbed() throws Exception {
        // given
        kernel.addresses.add(address("192.0.2.10"));
        AtomicInteger datagrams = new AtomicInteger();
        kernel.onTheWay = datagram -> {
            if (datagrams.getAndIncrement() == 0) {
                kernel.addresses.add(address("192.0.2.11"));
                datagram[FLAGS_OFFSET] |= NetlinkMessage.DUMP_INTERRUPTED;
            }
            return datagram;
        };

        // then
        assertThat(Interfaces.addresses(connection, LinuxConstants.AF_INET)).hasSize(2);
        assertThat(kernel.requests).containsExactly(NetlinkMessage.GET_ADDRESS, NetlinkMessage.GET_ADDRESS);
    }

    @Test
    void makesDoWithADumpThatIsAlwaysDisturbed() throws Exception {
        // given
        kernel.addresses.add(address("192.0.2.10"));
        kernel.onTheWay = datagram -> {
            datagram[FLAGS_OFFSET] |= NetlinkMessage.DUMP_INTERRUPTED;
            return datagram;
        };

        // then
        assertThat(Interfaces.addresses(connection, LinuxConstants.AF_INET)).hasSize(1);
    }

    @Test
    void neverWaitsForAnAnswerWithoutEnd() {
        // given
        kernel.onTheWay = datagram -> {
            kernel.datagrams.clear();
            return datagram;
        };
        kernel.addresses.add(address("192.0.2.10"));

        // then the second datagram never comes
        assertThatThrownBy(() -> Interfaces.addresses(connection, LinuxConstants.AF_INET))
                .isInstanceOfSatisfying(KernelException.class, e -> assertThat(e.is(Errno.EAGAIN))
                        .isTrue());
    }

    @Test
    void saysThatAnAnswerIsMalformed() {
        for (byte[] answer : List.of(new byte[15], new byte[] {1, 0, 0, 0}, new byte[40_000])) {
            kernel.onTheWay = datagram -> Arrays.copyOf(answer, answer.length);
            assertThatThrownBy(() -> Interfaces.addresses(connection, LinuxConstants.AF_INET))
                    .isInstanceOfSatisfying(KernelException.class, e -> assertThat(e.is(Errno.EBADMSG))
                            .isTrue());
        }
    }

    private static AddressMessage address(String address) {
        try {
            return new AddressMessage(InetAddress.getByName(address), 32, 3, 0x80, 0, 60, 60);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
