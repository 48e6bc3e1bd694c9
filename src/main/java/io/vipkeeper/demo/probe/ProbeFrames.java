package io.vipkeeper.demo.probe;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The prober's questions and how it reads the answers. It asks under a hardware and a network address that the client's
 * kernel does not have, so that the answers cannot refresh the kernel's neighbour cache, whose state is a part of what
 * is measured.
 */
final class ProbeFrames {
    static final byte[] ASKER_MAC = {2, 0, 0, 0, 2, 0x65};
    static final byte[] ASKER = {(byte) 192, 0, 2, 101};
    static final byte[] ASKER6 = HexFormat.of().parseHex("20010db8000000000000000000000101");

    private static final byte[] BROADCAST = {-1, -1, -1, -1, -1, -1};
    private static final byte[] UNKNOWN = new byte[6];
    private static final short ARP = 0x0806;
    private static final short IPV6 = (short) 0x86dd;
    private static final int ICMPV6 = 58;
    private static final int SOLICITATION = 135;
    private static final int ADVERTISEMENT = 136;

    /** Somebody says that he has the address. */
    record Claim(String mac, boolean asked) {}

    private ProbeFrames() {}

    /** RFC 826: a broadcast request. */
    static byte[] arpRequest(Inet4Address vip) {
        return ByteBuffer.allocate(42)
                .put(BROADCAST)
                .put(ASKER_MAC)
                .putShort(ARP)
                .putShort((short) 1)
                .putShort((short) 0x0800)
                .put((byte) 6)
                .put((byte) 4)
                .putShort((short) 1)
                .put(ASKER_MAC)
                .put(ASKER)
                .put(UNKNOWN)
                .put(vip.getAddress())
                .array();
    }

    /** An answer to the prober, or an announcement in either form; empty for any other frame. */
    static Optional<Claim> arpClaim(byte[] frame, int length, Inet4Address vip) {
        ByteBuffer in = ByteBuffer.wrap(frame, 0, length);
        if (length < 42 || in.getShort(12) != ARP || in.getShort(16) != 0x0800 || in.getShort(18) != 0x0604) {
            return Optional.empty();
        }
        byte[] address = vip.getAddress();
        boolean claims = Arrays.equals(frame, 28, 32, address, 0, 4);
        boolean asked = in.getShort(20) == 2 && Arrays.equals(frame, 38, 42, ASKER, 0, 4);
        boolean unasked = Arrays.equals(frame, 38, 42, address, 0, 4);
        return claims && (asked || unasked) ? Optional.of(new Claim(mac(frame, 22), asked)) : Optional.empty();
    }

    /** RFC 4861 section 4.3: a solicitation to the address's solicited-node group. */
    static byte[] solicitation(Inet6Address vip) {
        byte[] target = vip.getAddress();
        byte[] group = HexFormat.of().parseHex("ff0200000000000000000001ff000000");
        System.arraycopy(target, 13, group, 13, 3);
        byte[] icmp = ByteBuffer.allocate(32)
                .put((byte) SOLICITATION)
                .put((byte) 0)
                .putShort((short) 0)
                .putInt(0)
                .put(target)
                .put((byte) 1)
                .put((byte) 1)
                .put(ASKER_MAC)
                .array();
        ByteBuffer.wrap(icmp).putShort(2, checksum6(ASKER6, group, icmp));
        return ByteBuffer.allocate(14 + 40 + icmp.length)
                .put(new byte[] {0x33, 0x33, group[12], group[13], group[14], group[15]})
                .put(ASKER_MAC)
                .putShort(IPV6)
                .putInt(0x60000000)
                .putShort((short) icmp.length)
                .put((byte) ICMPV6)
                .put((byte) 255)
                .put(ASKER6)
                .put(group)
                .put(icmp)
                .array();
    }

    /** An advertisement of the address, asked for by the prober or by nobody; empty for any other frame. */
    static Optional<Claim> advertisement(byte[] frame, int length, Inet6Address vip) {
        if (length < 14 + 40 + 24
                || ByteBuffer.wrap(frame).getShort(12) != IPV6
                || frame[20] != ICMPV6
                || (frame[54] & 0xff) != ADVERTISEMENT
                || !Arrays.equals(frame, 62, 78, vip.getAddress(), 0, 16)) {
            return Optional.empty();
        }
        boolean asked = Arrays.equals(frame, 38, 54, ASKER6, 0, 16);
        boolean unasked = frame[38] == (byte) 0xff;
        return asked || unasked ? Optional.of(new Claim(mac(frame, 6), asked)) : Optional.empty();
    }

    /**
     * An ICMP echo request with an eight-byte payload.
     *
     * @param type 8, or 128 for IPv6, where the kernel fills in the checksum
     */
    static byte[] echo(int type, short identifier, short sequence) {
        byte[] message = ByteBuffer.allocate(16)
                .put((byte) type)
                .put((byte) 0)
                .putShort((short) 0)
                .putShort(identifier)
                .putShort(sequence)
                .array();
        if (type == 8) {
            ByteBuffer.wrap(message).putShort(2, (short) ~folded(sum(message)));
        }
        return message;
    }

    /** Whether this is an echo reply (type 0, with its IPv4 header; or type 129) for this identifier. */
    static boolean isEchoReply(byte[] packet, int length, int type, short identifier) {
        int start = type == 0 && length > 0 ? (packet[0] & 0x0f) * 4 : 0;
        return length >= start + 8
                && (packet[start] & 0xff) == type
                && ByteBuffer.wrap(packet).getShort(start + 4) == identifier;
    }

    private static short checksum6(byte[] source, byte[] destination, byte[] icmp) {
        return (short) ~folded(sum(source) + sum(destination) + icmp.length + ICMPV6 + sum(icmp));
    }

    private static long sum(byte[] bytes) {
        long sum = 0;
        for (int i = 0; i + 1 < bytes.length; i += 2) {
            sum += (bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff;
        }
        return sum;
    }

    private static int folded(long sum) {
        long folded = sum;
        while (folded > 0xffff) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (int) folded;
    }

    private static String mac(byte[] frame, int offset) {
        return HexFormat.ofDelimiter(":").formatHex(frame, offset, offset + 6);
    }
}
