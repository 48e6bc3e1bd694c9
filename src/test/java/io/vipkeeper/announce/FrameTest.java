package io.vipkeeper.announce;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.pcap4j.packet.ArpPacket;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IcmpV6CommonPacket;
import org.pcap4j.packet.IcmpV6NeighborAdvertisementPacket;
import org.pcap4j.packet.IpV6Packet;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.namednumber.ArpOperation;
import org.pcap4j.util.MacAddress;

import static org.assertj.core.api.Assertions.assertThat;

/** The frames byte by byte, and as pcap4j, which did not make them, reads them. */
final class FrameTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] MAC = HEX.parseHex("02005e102030");

    @Test
    void theRequestFormLeavesTheTargetHardwareAddressZero() throws Exception {
        assertThat(HEX.formatHex(GratuitousArp.request(MAC, InetAddress.getByName("192.0.2.10"))))
                .isEqualTo("ffffffffffff" + "02005e102030" + "0806" // Ethernet: broadcast, sender, ARP
                        + "0001" + "0800" + "06" + "04" + "0001" // Ethernet, IPv4, lengths, request
                        + "02005e102030" + "c000020a" // sender
                        + "000000000000" + "c000020a"); // target
    }

    @Test
    void theReplyFormRepeatsTheSenderAsTarget() throws Exception {
        assertThat(HEX.formatHex(GratuitousArp.reply(MAC, InetAddress.getByName("192.0.2.10"))))
                .isEqualTo("ffffffffffff" + "02005e102030" + "0806" //
                        + "0001" + "0800" + "06" + "04" + "0002" // reply
                        + "02005e102030" + "c000020a" //
                        + "02005e102030" + "c000020a");
    }

    @Test
    void theAdvertisementGoesToAllNodesWithOverride() throws Exception {
        assertThat(HEX.formatHex(NeighborAdvertisement.unsolicited(MAC, InetAddress.getByName("2001:db8::10"))))
                .isEqualTo("333300000001" + "02005e102030" + "86dd" // Ethernet: all nodes, sender, IPv6
                        + "60000000" + "0020" + "3a" + "ff" // version, 32 bytes, ICMPv6, hop limit 255
                        + "20010db8000000000000000000000010" // from the VIP
                        + "ff020000000000000000000000000001" // to all nodes
                        + "88" + "00" + "7acd" // advertisement, checksum
                        + "20000000" // override only
                        + "20010db8000000000000000000000010" // about the VIP
                        + "02" + "01" + "02005e102030"); // target link-layer address
    }

    @Test
    void aProbeOfArpHasNoSenderAddressAndSaysWhetherItsSenderWantsTheAddress() throws Exception {
        InetAddress vip = InetAddress.getByName("192.0.2.10");
        String head = "ffffffffffff" + "02005e102030" + "0806" + "0001" + "0800" + "06" + "04" + "0001" //
                + "02005e102030" + "00000000";
        assertThat(HEX.formatHex(GratuitousArp.probe(MAC, vip))).isEqualTo(head + "000000000000" + "c000020a");
        assertThat(HEX.formatHex(GratuitousArp.question(MAC, vip))).isEqualTo(head + "ffffffffffff" + "c000020a");
    }

    @Test
    void aProbeOfNdpGoesFromNobodyToTheSolicitedNodeGroup() throws Exception {
        InetAddress vip = InetAddress.getByName("2001:db8::10");
        assertThat(HEX.formatHex(NeighborSolicitation.probe(MAC, vip)))
                .isEqualTo("3333ff000010" + "02005e102030" + "86dd" // Ethernet: the group, sender, IPv6
                        + "60000000" + "0018" + "3a" + "ff" // version, 24 bytes, ICMPv6, hop limit 255
                        + "00000000000000000000000000000000" // from nobody
                        + "ff0200000000000000000001ff000010" // to the group
                        + "87" + "00" + "4ccf" // solicitation, checksum
                        + "00000000" + "20010db8000000000000000000000010"); // about the VIP
        byte[] asks = NeighborSolicitation.question(MAC, vip);
        Packet packet = EthernetPacket.newPacket(asks, 0, asks.length);
        IpV6Packet.IpV6Header ip = packet.get(IpV6Packet.class).getHeader();
        assertThat(packet.get(IcmpV6CommonPacket.class).hasValidChecksum(ip.getSrcAddr(), ip.getDstAddr(), false))
                .isTrue();
        assertThat(HEX.formatHex(asks)).endsWith("0e01" + "02005e102030");
    }

    @Test
    void pcap4jReadsTheArpFrames() throws Exception {
        InetAddress vip = InetAddress.getByName("192.0.2.10");
        byte[] reply = GratuitousArp.reply(MAC, vip);
        ArpPacket.ArpHeader header = EthernetPacket.newPacket(reply, 0, reply.length)
                .get(ArpPacket.class)
                .getHeader();
        assertThat(header.getOperation()).isEqualTo(ArpOperation.REPLY);
        assertThat(header.getSrcHardwareAddr()).isEqualTo(MacAddress.getByAddress(MAC));
        assertThat(header.getDstHardwareAddr()).isEqualTo(MacAddress.getByAddress(MAC));
        assertThat(header.getSrcProtocolAddr()).isEqualTo(vip);
        assertThat(header.getDstProtocolAddr()).isEqualTo(vip);
    }

    @Test
    void pcap4jReadsTheAdvertisementAndItsChecksum() throws Exception {
        for (String address : new String[] {"2001:db8::10", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db8::"}) {
            Inet6Address vip = (Inet6Address) InetAddress.getByName(address);
            byte[] frame = NeighborAdvertisement.unsolicited(MAC, vip);
            Packet packet = EthernetPacket.newPacket(frame, 0, frame.length);
            IpV6Packet.IpV6Header ip = packet.get(IpV6Packet.class).getHeader();
            var advertisement =
                    packet.get(IcmpV6NeighborAdvertisementPacket.class).getHeader();
            assertThat(packet.get(IcmpV6CommonPacket.class).hasValidChecksum(ip.getSrcAddr(), ip.getDstAddr(), false))
                    .isTrue();
            assertThat(ip.getSrcAddr()).isEqualTo(vip);
            assertThat(advertisement.getTargetAddress()).isEqualTo(vip);
            assertThat(advertisement.getOverrideFlag()).isTrue();
            assertThat(advertisement.getSolicitedFlag()).isFalse();
            assertThat(advertisement.getRouterFlag()).isFalse();
        }
    }
}
