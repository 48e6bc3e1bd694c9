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

    private static final int LENGTH = 32;
    private static final byte TYPE = (byte) 136;
    private static final int OVERRIDE = 0x2000_0000;
    private static final byte OPTION_TARGET_LINK_LAYER_ADDRESS = 2;

    private NeighborAdvertisement() {}

    /** From the VIP, about the VIP. */
    public static byte[] unsolicited(byte[] mac, InetAddress vip) {
        byte[] message = ByteBuffer.allocate(LENGTH)
                .put(TYPE)
                .put((byte) 0)
                .putShort((short) 0)
                .putInt(OVERRIDE)
                .put(vip.getAddress())
                .put(OPTION_TARGET_LINK_LAYER_ADDRESS)
                .put((byte) 1)
                .put(mac)
                .array();
        return Icmpv6Frame.of(ALL_NODES_MAC, mac, vip.getAddress(), ALL_NODES, message);
    }
}
