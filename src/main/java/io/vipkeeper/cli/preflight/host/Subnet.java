package io.vipkeeper.cli.preflight.host;

import java.math.BigInteger;
import java.net.InetAddress;

import io.vipkeeper.netlink.AddressMessage;

/**
 * The network that an address is in.
 *
 * @param bits the address's first {@code prefix} bits
 * @param length of the address, in bits
 */
record Subnet(BigInteger bits, int prefix, int length) {

    static Subnet of(AddressMessage address) {
        return of(address.address(), address.prefix());
    }

    /** Whether more than the address itself is in it, and that one, too. */
    boolean holds(InetAddress address) {
        return prefix > 0 && prefix < length && of(address, prefix).equals(this);
    }

    private static Subnet of(InetAddress address, int prefix) {
        byte[] bytes = address.getAddress();
        int length = 8 * bytes.length;
        return new Subnet(new BigInteger(1, bytes).shiftRight(length - prefix), prefix, length);
    }
}
