package io.vipkeeper.announce;

import java.nio.ByteBuffer;

/** Neighbour discovery in an Ethernet II frame, with its checksum. Big-endian, as the wire is. */
final class Icmpv6Frame {
    private static final int ETHERNET_LENGTH = 14;
    private static final int IPV6_LENGTH = 40;
    private static final int CHECKSUM_OFFSET = ETHERNET_LENGTH + IPV6_LENGTH + 2;
    private static final short ETHERTYPE_IPV6 = (short) 0x86dd;
    private static final int VERSION_6 = 6 << 28;
    private static final byte NEXT_HEADER_ICMPV6 = 58;
    /** The only one that receivers accept, because no router lets it through (RFC 4861 section 7.1). */
    private static final byte HOP_LIMIT = (byte) 255;

    private Icmpv6Frame() {}

    /** @param message with zero for its checksum, of an even length */
    static byte[] of(byte[] toMac, byte[] fromMac, byte[] from, byte[] to, byte[] message) {
        ByteBuffer frame = ByteBuffer.allocate(ETHERNET_LENGTH + IPV6_LENGTH + message.length)
                .put(toMac)
                .put(fromMac)
                .putShort(ETHERTYPE_IPV6)
                .putInt(VERSION_6)
                .putShort((short) message.length)
                .put(NEXT_HEADER_ICMPV6)
                .put(HOP_LIMIT)
                .put(from)
                .put(to)
                .put(message);
        return frame.putShort(CHECKSUM_OFFSET, checksum(frame, message.length)).array();
    }

    /** Internet checksum over the pseudo-header (RFC 8200 section 8.1) and the message. */
    private static short checksum(ByteBuffer frame, int length) {
        int sum = length + NEXT_HEADER_ICMPV6;
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
