package io.vipkeeper.announce;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import io.vipkeeper.linux.KernelException;
import io.vipkeeper.linux.Libc;
import io.vipkeeper.linux.LinuxConstants;

/** An AF_PACKET socket for whole frames ({@code packet(7)}). Hears nothing until it is bound to a protocol. */
final class PacketSocket implements AutoCloseable {
    static final int ALL_PROTOCOLS = 0x0003;
    static final int ARP = 0x0806;
    static final int IPV6 = 0x86dd;

    private static final int NOTHING = 0;

    private final Libc libc;
    private final int socket;

    PacketSocket(Libc libc) {
        this.libc = libc;
        int type = LinuxConstants.SOCK_RAW | LinuxConstants.SOCK_CLOEXEC;
        this.socket =
                KernelException.check("socket", "AF_PACKET", libc.socket(LinuxConstants.AF_PACKET, type, NOTHING));
    }

    /** Lets only frames through that the filter accepts. To be attached before binding, or others slip in between. */
    void filter(byte[] instructions) {
        KernelException.check("SO_ATTACH_FILTER", "on the packet socket", libc.attachFilter(socket, instructions));
    }

    void receiveTimeout(long millis) {
        byte[] timeout = LinuxConstants.timeval(millis);
        int answer = libc.setsockopt(socket, LinuxConstants.SOL_SOCKET, LinuxConstants.SO_RCVTIMEO, timeout);
        KernelException.check("SO_RCVTIMEO", "on the packet socket", answer);
    }

    void listen(int protocol, int interfaceIndex) {
        int answer = libc.bind(socket, address(protocol, interfaceIndex));
        KernelException.check("bind", "packet socket to interface " + interfaceIndex, answer);
    }

    /** The frame's length or a negated errno. */
    int receive(byte[] buffer) {
        return libc.recv(socket, buffer, 0);
    }

    /** The frame's length or a negated errno. The frame says its own Ethernet type. */
    int send(byte[] frame, int interfaceIndex) {
        return libc.sendto(socket, frame, 0, address(NOTHING, interfaceIndex));
    }

    @Override
    public void close() {
        libc.close(socket);
    }

    /** {@code struct sockaddr_ll}: host byte order, but for the protocol. */
    private static byte[] address(int protocol, int interfaceIndex) {
        byte[] address = new byte[20];
        ByteBuffer buffer = ByteBuffer.wrap(address).order(ByteOrder.nativeOrder());
        buffer.putShort((short) LinuxConstants.AF_PACKET);
        buffer.order(ByteOrder.BIG_ENDIAN).putShort((short) protocol);
        buffer.order(ByteOrder.nativeOrder()).putInt(interfaceIndex);
        return address;
    }
}
