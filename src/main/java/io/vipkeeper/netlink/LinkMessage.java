package io.vipkeeper.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

import io.vipkeeper.linux.Nic;

/**
 * A network interface: {@code struct ifinfomsg} and its attributes, {@code linux/if_link.h}, in host byte order.
 *
 * @param family zero; a bridge tells about its ports in messages of AF_BRIDGE, of which a deletion says only that the
 *     interface left the bridge
 */
record LinkMessage(int family, Nic nic) {
    private static final int STRUCTURE_LENGTH = 16;
    private static final int ATTRIBUTE_ADDRESS = 1;
    private static final int ATTRIBUTE_NAME = 3;
    private static final int ATTRIBUTE_OPERSTATE = 16;
    private static final int ATTRIBUTE_EXTENDED_MASK = 29;
    private static final int ATTRIBUTE_CARRIER = 33;
    private static final int SKIP_STATISTICS = 0x8;
    private static final int OPERSTATE_UNKNOWN = 0;
    private static final int OPERSTATE_UP = 6;
    private static final int FLAG_LOWER_UP = 0x10000;
    private static final int LONGEST_NAME = 15;
    private static final int LONGEST_ADDRESS = 32;

    boolean isInterface() {
        return family == 0;
    }

    static LinkMessage decode(NetlinkMessage message) throws MalformedMessageException {
        ByteBuffer structure = message.structure(STRUCTURE_LENGTH);
        int family = Byte.toUnsignedInt(structure.get(0));
        int index = structure.getInt(4);
        int flags = structure.getInt(8);
        RouteAttributes attributes = message.attributes(STRUCTURE_LENGTH);
        byte[] name = attributes
                .bytes(ATTRIBUTE_NAME)
                .orElseThrow(() -> new MalformedMessageException("interface " + index + " without a name"));
        byte[] mac = attributes.bytes(ATTRIBUTE_ADDRESS).orElse(new byte[0]);
        if (mac.length > LONGEST_ADDRESS) {
            throw new MalformedMessageException("hardware address of " + mac.length + " bytes");
        }
        boolean carrier = operational(attributes.octet(ATTRIBUTE_OPERSTATE), flags)
                && attributes.octet(ATTRIBUTE_CARRIER).orElse(1) != 0;
        return new LinkMessage(family, new Nic(text(name), index, Nic.macText(mac), flags, carrier));
    }

    /** The body of a request for all interfaces. */
    static byte[] dumpRequest() {
        return withoutStatistics(new byte[STRUCTURE_LENGTH]).bytes();
    }

    /** The body of a request for the interface of that name. */
    static byte[] request(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        byte[] terminated = ByteBuffer.allocate(text.length + 1).put(text).array();
        return withoutStatistics(new byte[STRUCTURE_LENGTH])
                .put(ATTRIBUTE_NAME, terminated)
                .bytes();
    }

    /** The body of a request for the interface of that index. */
    static byte[] request(int index) {
        byte[] structure = ByteBuffer.allocate(STRUCTURE_LENGTH)
                .order(ByteOrder.nativeOrder())
                .putInt(4, index)
                .array();
        return withoutStatistics(structure).bytes();
    }

    /** Whether the kernel could have an interface of that name at all. */
    static boolean isName(String name) {
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        return length > 0 && length <= LONGEST_NAME;
    }

    private static RouteAttributes.Writer withoutStatistics(byte[] structure) {
        return new RouteAttributes.Writer(structure).put(ATTRIBUTE_EXTENDED_MASK, SKIP_STATISTICS);
    }

    private static boolean operational(OptionalInt state, int flags) {
        return state.isPresent()
                ? state.getAsInt() == OPERSTATE_UP || state.getAsInt() == OPERSTATE_UNKNOWN
                : (flags & FLAG_LOWER_UP) != 0;
    }

    private static String text(byte[] terminated) throws MalformedMessageException {
        int length = 0;
        while (length < terminated.length && terminated[length] != 0) {
            length++;
        }
        if (length == 0 || length > LONGEST_NAME) {
            throw new MalformedMessageException("interface name of " + length + " bytes");
        }
        return new String(terminated, 0, length, StandardCharsets.UTF_8);
    }
}
