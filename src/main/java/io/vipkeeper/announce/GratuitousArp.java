package io.vipkeeper.announce;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Encoder for gratuitous ARP, and for the probe that comes before it, in an Ethernet II frame (RFC 826). Big-endian, as
 * the wire is.
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
    static final byte[] MERELY_ASKS = {-1, -1, -1, -1, -1, -1};

    private static final byte[] BROADCAST = {-1, -1, -1, -1, -1, -1};
    private static final byte[] UNKNOWN = new byte[6];
    private static final byte[] NOBODY = new byte[4];

    private GratuitousArp() {}

    /**
     * Asks who has the address, and claims nothing: the sender's address is 0.0.0.0 (RFC 5227 section 1.1). Says that the
     * sender is about to take it.
     */
    public static byte[] probe(byte[] mac, InetAddress address) {
        return frame(REQUEST, mac, NOBODY, UNKNOWN, address);
    }

    /** The same of who merely asks; the target hardware address, which receivers ignore, tells the two apart. */
    public static byte[] question(byte[] mac, InetAddress address) {
        return frame(REQUEST, mac, NOBODY, MERELY_ASKS, address);
    }

    /** The request form, an ARP Announcement: the target hardware address is zero (RFC 5227 sections 2.3 and 3). */
    public static byte[] request(byte[] mac, InetAddress vip) {
        return frame(REQUEST, mac, vip.getAddress(), UNKNOWN, vip);
    }

    /** The reply form: the target hardware address repeats the sender's (RFC 5944 section 4.6). */
    public static byte[] reply(byte[] mac, InetAddress vip) {
        return frame(REPLY, mac, vip.getAddress(), mac, vip);
    }

    private static byte[] frame(short operation, byte[] mac, byte[] sender, byte[] targetMac, InetAddress target) {
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
                .put(sender)
                .put(targetMac)
                .put(target.getAddress())
                .array();
    }
}
