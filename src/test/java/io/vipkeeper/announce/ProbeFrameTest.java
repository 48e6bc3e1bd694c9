package io.vipkeeper.announce;

import java.net.InetAddress;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IcmpV6CommonPacket;
import org.pcap4j.packet.IcmpV6NeighborSolicitationPacket;
import org.pcap4j.packet.IpV6Packet;

import static org.assertj.core.api.Assertions.assertThat;

/** What a probe looks like, byte by byte or to another reader. */
class ProbeFrameTest {
    private static final byte[] MAC = HexFormat.of().parseHex("02005e100001");

    @Test
    void anArpProbeClaimsNothing() throws Exception {
        byte[] frame = GratuitousArp.probe(MAC, InetAddress.getByName("192.0.2.10"));

        assertThat(HexFormat.of().formatHex(frame))
                .isEqualTo("ffffffffffff" + "02005e100001" + "0806" + "0001" + "0800" + "06" + "04" + "0001"
                        + "02005e100001" + "00000000" + "000000000000" + "c000020a");
        assertThat(Claim.decode(frame, frame.length).filter(claim -> !claim.wants()))
                .isEmpty();
    }

    @Test
    void aSolicitationGoesToTheSolicitedNodeFromNobody() throws Exception {
        // given
        byte[] bytes = NeighborSolicitation.probe(MAC, InetAddress.getByName("2001:db8::1:2345"));

        // when
        EthernetPacket frame = EthernetPacket.newPacket(bytes, 0, bytes.length);

        // then
        IpV6Packet.IpV6Header ip = frame.get(IpV6Packet.class).getHeader();
        assertThat(frame.getHeader().getDstAddr()).hasToString("33:33:ff:01:23:45");
        assertThat(ip.getSrcAddr().isAnyLocalAddress()).isTrue();
        assertThat(ip.getDstAddr()).isEqualTo(InetAddress.getByName("ff02::1:ff01:2345"));
        assertThat(ip.getHopLimitAsInt()).isEqualTo(255);
        assertThat(frame.get(IcmpV6CommonPacket.class).hasValidChecksum(ip.getSrcAddr(), ip.getDstAddr(), false))
                .isTrue();
        assertThat(frame.get(IcmpV6NeighborSolicitationPacket.class).getHeader().getTargetAddress())
                .isEqualTo(InetAddress.getByName("2001:db8::1:2345"));
        assertThat(Claim.decode(bytes, bytes.length).filter(claim -> !claim.wants()))
                .isEmpty();
    }
}
