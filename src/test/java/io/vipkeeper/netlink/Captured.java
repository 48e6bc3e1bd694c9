package io.vipkeeper.netlink;

import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Messages as a little-endian kernel (Linux 6.18) sent them. */
final class Captured {
    static final String IPV4_ADDRESS = "58000000 1400 0200 07000000 d3540000" // RTM_NEWADDR, multi-part, sequence 7
            + "02 18 20 00 03000000" // AF_INET, /24, deprecated, interface 3
            + "0800 0100 c000020a 0800 0200 c000020a" // address and local 192.0.2.10
            + "0900 0300 6e69633000 000000" // label nic0
            + "0500 0b00 76 000000" // put there by vipkeeper
            + "0800 0800 20020000" // deprecated, no prefix route
            + "1400 0600 00000000 1e000000 d9010400 d9010400"; // preferred 0 s, valid 30 s

    static final String IPV6_ADDRESS = "50000000 1400 0200 07000000 d3540000" // RTM_NEWADDR
            + "0a 80 22 00 03000000" // AF_INET6, /128, deprecated and without detection, interface 3
            + "1400 0100 20010db8000000000000000000000010" // address
            + "1400 0600 00000000 1e000000 d9010400 d9010400" // preferred 0 s, valid 30 s
            + "0800 0800 22020000 0500 0b00 76 000000";

    static final String LINK_LOCAL_ADDRESS = "50000000 1400 0200 07000000 d3540000"
            + "0a 40 c0 fd 03000000 1400 0100 fe8000000000000000005efffe100001"
            + "1400 0600 ffffffff ffffffff 9a010400 9a010400"
            + "0800 0800 c0000000 0500 0b00 03 000000"; // tentative, permanent; by the kernel

    static final String LINK = "48000000 1000 0000 07000000 d3540000" // RTM_NEWLINK, cut to what matters
            + "00 00 0100 03000000 43100100 00000000" // ARPHRD_ETHER, interface 3, up and running
            + "0900 0300 6e69633000 000000" // nic0
            + "0500 1000 06 000000" // operational state UP
            + "0500 2100 01 000000" // carrier
            + "0a00 0100 02005e100001 0000"; // hardware address

    static final String MULTIPATH_ROUTE = "38000000 1800 0200 07000000 d3540000"
            + "02 00 00 00 fe 03 00 01 00000000" // default route, main table
            + "0800 0f00 fe000000 1400 0900 0800 00 00 02000000 0800 00 00 03000000"; // next hops 2 and 3

    static final String HOST_ROUTE = "3c000000 1800 0200 07000000 d3540000"
            + "02 20 00 00 ff 02 fe 02 00000000"
            + "0800 0f00 ff000000 0800 0100 c000020a 0800 0700 c000020a 0800 0400 03000000";

    static final String DUMP_DONE = "14000000 0300 0200 07000000 d3540000 00000000";
    static final String ACKNOWLEDGEMENT =
            "24000000 0200 0001 07000000 d3540000 00000000 4c000000 1400 0505 07000000 00000000";
    static final String NO_SUCH_DEVICE = "40000000 0200 0000 07000000 d3540000 edffffff" // -19
            + "2c000000 1200 0500 07000000 00000000 00000000000000000000000000000000 0b00 0300 616273656e740000";

    static final List<String> ALL = List.of(
            IPV4_ADDRESS,
            IPV6_ADDRESS,
            LINK_LOCAL_ADDRESS,
            LINK,
            MULTIPATH_ROUTE,
            HOST_ROUTE,
            DUMP_DONE,
            ACKNOWLEDGEMENT,
            NO_SUCH_DEVICE);

    private Captured() {}

    /** These bytes mean something else on a big-endian machine, whose kernel would not send them. */
    static byte[] bytes(String hex) {
        assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "captured on a little-endian machine");
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    static NetlinkMessage message(String hex) throws MalformedMessageException {
        byte[] bytes = bytes(hex);
        return NetlinkMessage.decodeAll(bytes, bytes.length).getFirst();
    }
}
