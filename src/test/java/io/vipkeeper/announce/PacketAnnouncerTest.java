package io.vipkeeper.announce;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.vipkeeper.linux.Errno;
import io.vipkeeper.linux.FakeSocket;
import io.vipkeeper.linux.KernelException;
import io.vipkeeper.linux.Nic;
import io.vipkeeper.vip.BindOutcome;
import io.vipkeeper.vip.VirtualIp;

import static org.assertj.core.api.Assertions.assertThat;

final class PacketAnnouncerTest {
    private static final BindOutcome DONE = new BindOutcome.Done();
    private static final Nic NIC = new Nic("nic0", 3, "02:00:5e:10:00:01", 1, true);

    private final FakeWire wire = new FakeWire();
    private Optional<Nic> nic = Optional.of(NIC);
    private final FrameCounters counters = new FrameCounters();
    private boolean kernelAnswers = true;

    @Test
    void sendsEachFormOnceOnTheInterface() throws Exception {
        // given
        VirtualIp vip = VirtualIp.host(InetAddress.getByName("192.0.2.10"));

        // when
        assertThat(announcer().announce(vip)).isEqualTo(DONE);

        // then
        assertThat(wire.frames)
                .containsExactly(
                        GratuitousArp.request(NIC.macBytes(), vip.address()),
                        GratuitousArp.reply(NIC.macBytes(), vip.address()));
        assertThat(wire.interfaces).containsOnly(3);
        assertThat(counters.sent(Form.ARP_REQUEST)).isEqualTo(1);
        assertThat(counters.sent(Form.ARP_REPLY)).isEqualTo(1);
        assertThat(counters.sent(Form.ARP_PROBE)).isZero();
    }

    @Test
    void sendsOneAdvertisementForIpv6() throws Exception {
        VirtualIp vip = VirtualIp.host(InetAddress.getByName("2001:db8::10"));
        assertThat(announcer().announce(vip)).isEqualTo(DONE);
        assertThat(wire.frames).containsExactly(NeighborAdvertisement.unsolicited(NIC.macBytes(), vip.address()));
    }

    @Test
    void asksInTheFormOfTheFamily() throws Exception {
        VirtualIp ipv4 = VirtualIp.host(InetAddress.getByName("192.0.2.10"));
        VirtualIp ipv6 = VirtualIp.host(InetAddress.getByName("2001:db8::10"));
        PacketAnnouncer announcer = announcer();
        assertThat(announcer.probe(ipv4, true)).isEqualTo(DONE);
        assertThat(announcer.probe(ipv6, false)).isEqualTo(DONE);
        assertThat(wire.frames)
                .containsExactly(
                        GratuitousArp.probe(NIC.macBytes(), ipv4.address()),
                        NeighborSolicitation.question(NIC.macBytes(), ipv6.address()));
    }

    @Test
    void usesTheHardwareAddressOfTheMoment() throws Exception {
        // given
        VirtualIp vip = VirtualIp.host(InetAddress.getByName("2001:db8::10"));
        PacketAnnouncer announcer = announcer();
        nic = Optional.of(new Nic("nic0", 9, "02:00:5e:10:00:09", 1, true));

        // when
        announcer.announce(vip);

        // then
        assertThat(wire.frames)
                .containsExactly(NeighborAdvertisement.unsolicited(nic.get().macBytes(), vip.address()));
        assertThat(wire.interfaces).containsExactly(9);
    }

    @Test
    void announcesWithWhatItKnewWhenTheKernelDoesNotAnswer() throws Exception {
        PacketAnnouncer announcer = announcer();
        kernelAnswers = false;
        assertThat(announcer.announce(VirtualIp.host(InetAddress.getByName("192.0.2.10"))))
                .isEqualTo(DONE);
    }

    @Test
    void sendsAgainWhenThePastIsHeldAgainstIt() throws Exception {
        // given the error that a socket keeps from a link that was down
        wire.answers.add(Errno.ENETDOWN.negated());

        // then
        assertThat(announcer().announce(VirtualIp.host(InetAddress.getByName("2001:db8::10"))))
                .isEqualTo(DONE);
        assertThat(wire.frames).hasSize(2);
        assertThat(counters.sent(Form.NEIGHBOR_ADVERTISEMENT)).isEqualTo(1);
        assertThat(counters.failed(Form.NEIGHBOR_ADVERTISEMENT)).isZero();
    }

    @Test
    void tellsWhatTheKernelRefusedAndSendsTheOtherForm() throws Exception {
        // given
        wire.answers.add(Errno.ENOBUFS.negated());

        // then
        assertThat(announcer().announce(VirtualIp.host(InetAddress.getByName("192.0.2.10"))))
                .isEqualTo(new BindOutcome.Refused("sendto announcement of 192.0.2.10/32 on nic0 failed:"
                        + " ENOBUFS (no buffer space; messages were lost)"));
        assertThat(wire.frames).hasSize(2);
        assertThat(counters.failed(Form.ARP_REQUEST)).isEqualTo(1);
        assertThat(counters.sent(Form.ARP_REQUEST)).isZero();
        assertThat(counters.sent(Form.ARP_REPLY)).isEqualTo(1);
    }

    @Test
    void refusesAnInterfaceThatIsAbsentOrNoEthernet() throws Exception {
        VirtualIp vip = VirtualIp.host(InetAddress.getByName("192.0.2.10"));
        nic = Optional.empty();
        assertThat(announcer().announce(vip))
                .isEqualTo(new BindOutcome.Refused("the interface for the announcement of 192.0.2.10/32 is not there"));
        nic = Optional.of(new Nic("wg0", 4, "", 1, true));
        assertThat(announcer().announce(vip))
                .isEqualTo(
                        new BindOutcome.Refused("wg0 has no Ethernet address for the announcement of 192.0.2.10/32"));
        assertThat(wire.frames).isEmpty();
        assertThat(counters.failed(Form.ARP_REQUEST)).isEqualTo(2);
        assertThat(counters.failed(Form.ARP_REPLY)).isEqualTo(2);
    }

    @Test
    void aRehearsalHandsTheKernelFramesForNoInterface() {
        announcer().rehearse();
        assertThat(wire.frames).hasSize(3);
        assertThat(wire.interfaces).containsOnly(0);
        assertThat(counters.sent(Form.ARP_REQUEST)).isZero();
    }

    private PacketAnnouncer announcer() {
        return new PacketAnnouncer(
                wire,
                () -> {
                    if (!kernelAnswers) {
                        throw new KernelException("netlink request", "type 18", Errno.EAGAIN.negated());
                    }
                    return nic;
                },
                counters);
    }

    /** A wire that takes every frame, unless an answer was put in. */
    private static final class FakeWire extends FakeSocket {
        private final List<byte[]> frames = new ArrayList<>();
        private final List<Integer> interfaces = new ArrayList<>();
        private final Deque<Integer> answers = new ArrayDeque<>();

        @Override
        public int socket(int domain, int type, int protocol) {
            return 4;
        }

        @Override
        public int bind(int socket, byte[] address) {
            return 0;
        }

        @Override
        public int sendto(int socket, byte[] message, int flags, byte[] address) {
            frames.add(message);
            interfaces.add(
                    ByteBuffer.wrap(address).order(ByteOrder.nativeOrder()).getInt(4));
            return answers.isEmpty() ? message.length : answers.poll();
        }
    }
}
