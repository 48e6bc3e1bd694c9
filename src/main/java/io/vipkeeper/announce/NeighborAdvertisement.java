package io.vipkeeper.announce;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Encoder for an unsolicited neighbour advertisement to all nodes in an Ethernet II frame (RFC 4861 sections 4.4 and
 * 7.2.6). Override is set, Solicited and Router are not: a control plane node need not be a router, and saying so would
 * make hosts drop it from their router lists when it stops. Big-endian, as the wire is.
 */
public final class NeighborAdvertisement {
    private static final HexFormat HEX = HexFormat.of();
    /** RFC 2464 section 7: 33:33 and the last four bytes of ff02::1. */
    private static final byte[] ALL_NODES_MAC = HEX.parseHex("333300000001");

    private static final byte[] ALL_NODES = HEX.parseHex("ff020000000000000000000000000001");

    private static final int ETHERNET_LENGTH = 14;
    private static final int IPV6_LENGTH = 40;
    private static final int ICMP_LENGTH = 32;
    private static final int CHECKSUM_OFFSET = ETHERNET_LENGTH + IPV6_LENGTH + 2;
    private static final short ETHERTYPE_IPV6 = (short) 0x86dd;
    private static final int VERSION_6 = 6 << 28;
    private static final byte NEXT_HEADER_ICMPV6 = 58;
    /** The only one that receivers accept, because no router lets it through (RFC 4861 section 7.1.2). */
    private static final byte HOP_LIMIT = (byte) 255;

    private static final byte TYPE_ADVERTISEMENT = (byte) 136;
    private static final int OVERRIDE = 0x2000_0000;
    private static final byte OPTION_TARGET_LINK_LAYER_ADDRESS = 2;

    private NeighborAdvertisement() {}

    /** From the VIP, about the VIP. */
    public static byte[] unsolicited(byte[] mac, InetAddress vip) {
        ByteBuffer frame = ByteBuffer.allocate(ETHERNET_LENGTH + IPV6_LENGTH + ICMP_LENGTH)
                .put(ALL_NODES_MAC)
                .put(mac)
                .putShort(ETHERTYPE_IPV6)
                .putInt(VERSION_6)
                .putShort((short) ICMP_LENGTH)
                .put(NEXT_HEADER_ICMPV6)
                .put(HOP_LIMIT)
                .put(vip.getAddress())
                .put(ALL_NODES)
                .put(TYPE_ADVERTISEMENT)
                .put((byte) 0)
                .putShort((short) 0)
                .putInt(OVERRIDE)
                .put(vip.getAddress())
                .put(OPTION_TARGET_LINK_LAYER_ADDRESS)
                .put((byte) 1)
                .put(mac);
        return frame.putShort(CHECKSUM_OFFSET, checksum(frame)).array();
    }

    /** Internet checksum over the pseudo-header (RFC 8200 section 8.1) and the message. */
    private static short checksum(ByteBuffer frame) {
        int sum = ICMP_LENGTH + NEXT_HEADER_ICMPV6;
        int addresses = ETHERNET_LENGTH + 8;
        for (int offset = addresses; offset < frame.capacity(); offset += 2) {
            sum += Short.toUnsignedInt(frame.getShort(offset));
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (short) ~sum;
    }
}
