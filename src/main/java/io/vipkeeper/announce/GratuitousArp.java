package io.vipkeeper.announce;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Encoder for gratuitous ARP in an Ethernet II frame (RFC 826). Big-endian, as the wire is.
 *
 * <p>42 bytes, not padded to Ethernet's 60: padding is the driver's work, as for the kernel's own ARP, and only the
 * driver knows whether a VLAN tag comes in between.
 */
public final class GratuitousArp {
    static final int LENGTH = 42;

    private static final short ETHERTYPE_ARP = 0x0806;
    private static final short ETHERTYPE_IPV4 = 0x0800;
    private static final short HARDWARE_ETHERNET = 1;
    private static final short REQUEST = 1;
    private static final short REPLY = 2;
    private static final byte[] BROADCAST = {-1, -1, -1, -1, -1, -1};
    private static final byte[] UNKNOWN = new byte[6];

    private GratuitousArp() {}

    /** The request form, an ARP Announcement: the target hardware address is zero (RFC 5227 sections 2.3 and 3). */
    public static byte[] request(byte[] mac, InetAddress vip) {
        return frame(REQUEST, mac, vip, UNKNOWN);
    }

    /** The reply form: the target hardware address repeats the sender's (RFC 5944 section 4.6). */
    public static byte[] reply(byte[] mac, InetAddress vip) {
        return frame(REPLY, mac, vip, mac);
    }

    private static byte[] frame(short operation, byte[] mac, InetAddress vip, byte[] targetMac) {
        return ByteBuffer.allocate(LENGTH)
                .put(BROADCAST)
                .put(mac)
                .putShort(ETHERTYPE_ARP)
                .putShort(HARDWARE_ETHERNET)
                .putShort(ETHERTYPE_IPV4)
                .put((byte) mac.length)
                .put((byte) 4)
                .putShort(operation)
                .put(mac)
                .put(vip.getAddress())
                .put(targetMac)
                .put(vip.getAddress())
                .array();
    }
}
