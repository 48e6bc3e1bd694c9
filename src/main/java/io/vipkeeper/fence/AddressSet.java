package io.vipkeeper.fence;

import java.util.Locale;

import io.vipkeeper.vip.VirtualIp;

/**
 * The table's sets of addresses, all with a time-out for each element: a frame of an address passes unless it is in the
 * guarded set and not in the live one.
 */
enum AddressSet {
    GUARDED4(false),
    LIVE4(false),
    GUARDED6(true),
    LIVE6(true);

    private final boolean ipv6;

    AddressSet(boolean ipv6) {
        this.ipv6 = ipv6;
    }

    static AddressSet guarded(boolean ipv6) {
        return ipv6 ? GUARDED6 : GUARDED4;
    }

    static AddressSet live(boolean ipv6) {
        return ipv6 ? LIVE6 : LIVE4;
    }

    static AddressSet guarded(VirtualIp vip) {
        return guarded(vip.isIpv6());
    }

    static AddressSet live(VirtualIp vip) {
        return live(vip.isIpv6());
    }

    String kernelName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Unique within a transaction. */
    int id() {
        return ordinal() + 1;
    }

    int keyLength() {
        return ipv6 ? 16 : 4;
    }

    /** Of no meaning to the kernel, which keeps it for the program nft: ipv4_addr or ipv6_addr. */
    int keyType() {
        return ipv6 ? 8 : 7;
    }
}
