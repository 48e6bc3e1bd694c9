package io.vipkeeper.demo.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import io.vipkeeper.linux.Libc;

/** A raw socket of the prober. One thread may send while another receives. */
final class ProbeSocket {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int IPPROTO_ICMP = 1;
    private static final int IPPROTO_ICMPV6 = 58;

    private final Libc libc;
    private final int descriptor;
    private final byte[] peer;
    private final byte[] buffer = new byte[2048];

    private ProbeSocket(Libc libc, int descriptor, byte[] peer) {
        this.libc = libc;
        this.descriptor = descriptor;
        this.peer = peer;
    }

    /** Whole frames of one EtherType on one NIC. */
    static ProbeSocket frames(Libc libc, int nic, int etherType) throws IOException {
        short protocol = (short) etherType;
        int descriptor = open(libc, AF_PACKET, Short.toUnsignedInt(Short.reverseBytes(protocol)));
        byte[] address = ByteBuffer.allocate(20)
                .order(ByteOrder.nativeOrder())
                .putShort((short) AF_PACKET)
                .putShort(Short.reverseBytes(protocol))
                .putInt(nic)
                .array();
        int bound = libc.bind(descriptor, address);
        if (bound < 0) {
            throw new IOException("bind of a packet socket failed: errno " + -bound);
        }
        return new ProbeSocket(libc, descriptor, address);
    }

    static ProbeSocket icmp(Libc libc, byte[] vip) throws IOException {
        byte[] peer = ByteBuffer.allocate(16)
                .order(ByteOrder.nativeOrder())
                .putShort((short) AF_INET)
                .putShort((short) 0)
                .put(vip)
                .array();
        return new ProbeSocket(libc, open(libc, AF_INET, IPPROTO_ICMP), peer);
    }

    static ProbeSocket icmp6(Libc libc, byte[] vip) throws IOException {
        byte[] peer = ByteBuffer.allocate(28)
                .order(ByteOrder.nativeOrder())
                .putShort((short) AF_INET6)
                .putShort((short) 0)
                .putInt(0)
                .put(vip)
                .array();
        return new ProbeSocket(libc, open(libc, AF_INET6, IPPROTO_ICMPV6), peer);
    }

    private static int open(Libc libc, int domain, int protocol) throws IOException {
        int descriptor = libc.socket(domain, SOCK_RAW | SOCK_CLOEXEC, protocol);
        if (descriptor < 0) {
            throw new IOException("a raw socket cannot be opened: errno " + -descriptor);
        }
        return descriptor;
    }

    /** A refusal, such as "no route" while nobody answers, is a question that was lost. */
    void send(byte[] message) {
        libc.sendto(descriptor, message, 0, peer);
    }

    /** Blocks for the next packet; its length, or a negated errno. The bytes are in {@link #buffer}. */
    int receive() {
        return libc.recv(descriptor, buffer, 0);
    }

    byte[] buffer() {
        return buffer;
    }
}
