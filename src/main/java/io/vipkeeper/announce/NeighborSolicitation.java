package io.vipkeeper.announce;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Encoder for the neighbour solicitation of duplicate address detection in an Ethernet II frame (RFC 4862 section
 * 5.4.2): from the unspecified address, so that it claims nothing and is answered to all nodes. Big-endian, as the wire
 * is.
 */
public final class NeighborSolicitation {
    private static final HexFormat HEX = HexFormat.of();
    /** RFC 4291 section 2.7.1: ff02::1:ff00:0 and the address's last three bytes. */
    private static final byte[] SOLICITED_NODE = HEX.parseHex("ff0200000000000000000001ff000000");

    /** RFC 2464 section 7: 33:33 and the last four bytes of that. */
    private static final byte[] SOLICITED_NODE_MAC = HEX.parseHex("3333ff000000");

    private static final byte[] UNSPECIFIED = new byte[16];
    private static final int LENGTH = 24;
    private static final byte TYPE = (byte) 135;
    private static final int VARYING = 3;
    private static final byte OPTION_NONCE = 14;
    private static final byte[] NO_OPTION = {};

    private NeighborSolicitation() {}

    /** Asks who has the address. Says that the sender is about to take it. */
    public static byte[] probe(byte[] mac, InetAddress address) {
        return frame(mac, address, NO_OPTION);
    }

    /** The same of who merely asks; a nonce (RFC 7527 section 4.1), which others ignore, tells the two apart. */
    public static byte[] question(byte[] mac, InetAddress address) {
        return frame(
                mac,
                address,
                ByteBuffer.allocate(8).put(OPTION_NONCE).put((byte) 1).put(mac).array());
    }

    private static byte[] frame(byte[] mac, InetAddress address, byte[] option) {
        byte[] message = ByteBuffer.allocate(LENGTH + option.length)
                .put(TYPE)
                .put((byte) 0)
                .putShort((short) 0)
                .putInt(0)
                .put(address.getAddress())
                .put(option)
                .array();
        return Icmpv6Frame.of(
                ending(SOLICITED_NODE_MAC, address), mac, UNSPECIFIED, ending(SOLICITED_NODE, address), message);
    }

    private static byte[] ending(byte[] multicast, InetAddress address) {
        byte[] bytes = Arrays.copyOf(multicast, multicast.length);
        byte[] asked = address.getAddress();
        System.arraycopy(asked, asked.length - VARYING, bytes, bytes.length - VARYING, VARYING);
        return bytes;
    }
}
