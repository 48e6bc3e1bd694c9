package io.vipkeeper.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;

/**
 * A route: {@code struct rtmsg} and its attributes, {@code linux/rtnetlink.h}, in host byte order.
 *
 * @param destinationLength the prefix length of the destination; zero for a default route
 * @param metric unsigned; the lowest one wins
 * @param outgoing index of the interface, with several next hops (RTA_MULTIPATH) of the first
 */
record RouteMessage(int destinationLength, int table, int type, long metric, OptionalInt outgoing) {
    private static final int STRUCTURE_LENGTH = 12;
    private static final int ATTRIBUTE_OUTGOING = 4;
    private static final int ATTRIBUTE_PRIORITY = 6;
    private static final int ATTRIBUTE_MULTIPATH = 9;
    private static final int ATTRIBUTE_TABLE = 15;
    private static final int NEXT_HOP_LENGTH = 8;
    private static final int TABLE_MAIN = 254;
    private static final int TYPE_UNICAST = 1;

    static RouteMessage decode(NetlinkMessage message) throws MalformedMessageException {
        ByteBuffer structure = message.structure(STRUCTURE_LENGTH);
        RouteAttributes attributes = message.attributes(STRUCTURE_LENGTH);
        OptionalInt outgoing = attributes.number(ATTRIBUTE_OUTGOING);
        byte[] nextHops = attributes.bytes(ATTRIBUTE_MULTIPATH).orElse(null);
        return new RouteMessage(
                Byte.toUnsignedInt(structure.get(1)),
                attributes.number(ATTRIBUTE_TABLE).orElse(Byte.toUnsignedInt(structure.get(4))),
                Byte.toUnsignedInt(structure.get(7)),
                Integer.toUnsignedLong(attributes.number(ATTRIBUTE_PRIORITY).orElse(0)),
                outgoing.isPresent() || nextHops == null ? outgoing : OptionalInt.of(firstNextHop(nextHops)));
    }

    /** The body of a request for all routes of one family. */
    static byte[] dumpRequest(int family) {
        byte[] structure = new byte[STRUCTURE_LENGTH];
        structure[0] = (byte) family;
        return structure;
    }

    /** A default route of the main table that leads somewhere. */
    boolean isDefault() {
        return destinationLength == 0 && table == TABLE_MAIN && type == TYPE_UNICAST && outgoing.isPresent();
    }

    private static int firstNextHop(byte[] nextHops) throws MalformedMessageException {
        if (nextHops.length < NEXT_HOP_LENGTH) {
            throw new MalformedMessageException("next hop of " + nextHops.length + " bytes");
        }
        return ByteBuffer.wrap(nextHops).order(ByteOrder.nativeOrder()).getInt(4);
    }
}
