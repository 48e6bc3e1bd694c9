package io.vipkeeper.netlink;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import io.vipkeeper.linux.LinuxConstants;
import io.vipkeeper.vip.VirtualIp;

/**
 * An address on an interface: {@code struct ifaddrmsg} and its attributes, {@code linux/if_addr.h}, in host byte order.
 *
 * @param index of the interface
 * @param flags IFA_F_ bits, all 32 of them where the kernel tells them
 * @param protocol who put it there (IFA_PROTO, since Linux 5.18); zero if unknown
 * @param preferredSeconds until it is deprecated
 * @param validSeconds until the kernel removes it; {@link #FOREVER} for a permanent address
 */
public record AddressMessage(
        InetAddress address, int prefix, int index, int flags, int protocol, long preferredSeconds, long validSeconds) {

    /**
     * vipkeeper's mark. Values are assigned by nobody; 1 to 3 are the kernel's own, and 0x76 is the letter v, well away
     * from the numbers that routing daemons use.
     */
    static final int OUR_PROTOCOL = 0x76;

    static final long FOREVER = 0xffff_ffffL;

    static final int NO_DUPLICATE_DETECTION = 0x02;
    static final int OPTIMISTIC = 0x04;
    static final int DUPLICATE_DETECTION_FAILED = 0x08;
    static final int DEPRECATED = 0x20;
    static final int TENTATIVE = 0x40;
    static final int PERMANENT = 0x80;
    static final int NO_PREFIX_ROUTE = 0x200;

    private static final int STRUCTURE_LENGTH = 8;
    private static final int ATTRIBUTE_ADDRESS = 1;
    private static final int ATTRIBUTE_LOCAL = 2;
    private static final int ATTRIBUTE_CACHEINFO = 6;
    private static final int ATTRIBUTE_FLAGS = 8;
    private static final int ATTRIBUTE_PROTOCOL = 11;
    private static final int CACHEINFO_LENGTH = 16;
    private static final int SCOPE_UNIVERSE = 0;
    private static final int LAST_KERNEL_PROTOCOL = 3;

    /**
     * Whether an elector put it there: vipkeeper marks its addresses, kube-vip leaves them deprecated from the start.
     * An address that the kernel made itself (autoconfigured ones grow deprecated, too) is none.
     */
    public boolean byElector() {
        boolean byKernel = protocol >= 1 && protocol <= LAST_KERNEL_PROTOCOL;
        return protocol == OUR_PROTOCOL || !byKernel && ((flags & DEPRECATED) != 0 || preferredSeconds == 0);
    }

    /** The kernel will not remove it by itself. */
    public boolean permanent() {
        return (flags & PERMANENT) != 0 || validSeconds == FOREVER;
    }

    /** Whether it is the VIP's address, with whatever prefix. */
    public boolean isAddressOf(VirtualIp vip) {
        return address.equals(vip.address());
    }

    static AddressMessage decode(NetlinkMessage message) throws MalformedMessageException {
        ByteBuffer structure = message.structure(STRUCTURE_LENGTH);
        int family = Byte.toUnsignedInt(structure.get());
        int prefix = Byte.toUnsignedInt(structure.get());
        int shortFlags = Byte.toUnsignedInt(structure.get());
        structure.get(); // scope
        int index = structure.getInt();
        RouteAttributes attributes = message.attributes(STRUCTURE_LENGTH);
        // On a point-to-point link ADDRESS is the other end and LOCAL is ours; without a peer IPv6 has no LOCAL.
        byte[] address = attributes
                .bytes(ATTRIBUTE_LOCAL)
                .or(() -> attributes.bytes(ATTRIBUTE_ADDRESS))
                .orElseThrow(() -> new MalformedMessageException("address message without an address"));
        long preferred = FOREVER;
        long valid = FOREVER;
        ByteBuffer lifetimes =
                attributes.structure(ATTRIBUTE_CACHEINFO, CACHEINFO_LENGTH).orElse(null);
        if (lifetimes != null) {
            preferred = Integer.toUnsignedLong(lifetimes.getInt());
            valid = Integer.toUnsignedLong(lifetimes.getInt());
        }
        int flags = attributes.number(ATTRIBUTE_FLAGS).orElse(shortFlags);
        int protocol = attributes.octet(ATTRIBUTE_PROTOCOL).orElse(0);
        return new AddressMessage(inet(family, address, prefix), prefix, index, flags, protocol, preferred, valid);
    }

    /** The body of a request to add or to delete this address. */
    byte[] encode() {
        byte[] bytes = address.getAddress();
        byte[] structure = ByteBuffer.allocate(STRUCTURE_LENGTH)
                .order(ByteOrder.nativeOrder())
                .put((byte) family(address))
                .put((byte) prefix)
                .put((byte) flags)
                .put((byte) SCOPE_UNIVERSE)
                .putInt(index)
                .array();
        byte[] lifetimes = ByteBuffer.allocate(CACHEINFO_LENGTH)
                .order(ByteOrder.nativeOrder())
                .putInt((int) preferredSeconds)
                .putInt((int) validSeconds)
                .array();
        RouteAttributes.Writer writer = new RouteAttributes.Writer(structure)
                .put(ATTRIBUTE_LOCAL, bytes)
                .put(ATTRIBUTE_ADDRESS, bytes)
                .put(ATTRIBUTE_FLAGS, flags)
                .put(ATTRIBUTE_CACHEINFO, lifetimes);
        return (protocol == 0 ? writer : writer.put(ATTRIBUTE_PROTOCOL, new byte[] {(byte) protocol})).bytes();
    }

    /** The body of a request for all addresses of one family. */
    static byte[] dumpRequest(int family) {
        byte[] structure = new byte[STRUCTURE_LENGTH];
        structure[0] = (byte) family;
        return structure;
    }

    static int family(InetAddress address) {
        return address instanceof Inet6Address ? LinuxConstants.AF_INET6 : LinuxConstants.AF_INET;
    }

    private static InetAddress inet(int family, byte[] address, int prefix) throws MalformedMessageException {
        try {
            if (family == LinuxConstants.AF_INET && address.length == 4 && prefix <= 32) {
                return Inet4Address.getByAddress(address);
            }
            if (family == LinuxConstants.AF_INET6 && address.length == 16 && prefix <= 128) {
                // Not InetAddress.getByAddress, which makes an Inet4Address of ::ffff:192.0.2.1.
                return Inet6Address.getByAddress(null, address, -1);
            }
        } catch (UnknownHostException e) {
            throw new MalformedMessageException(e.getMessage());
        }
        throw new MalformedMessageException(
                "address of family " + family + " with " + address.length + " bytes and prefix " + prefix);
    }
}
