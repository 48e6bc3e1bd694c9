package io.vipkeeper.vip;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * A virtual IP with the prefix that it is bound with.
 *
 * @param prefix 1 to 32 for IPv4, 1 to 128 for IPv6
 */
public record VirtualIp(InetAddress address, int prefix) {

    public VirtualIp {
        int longest = address instanceof Inet4Address ? 32 : 128;
        if (prefix < 1 || prefix > longest) {
            throw new IllegalArgumentException("prefix " + prefix + " is not between 1 and " + longest);
        }
    }

    /** The address as a host route: /32 or /128. */
    public static VirtualIp host(InetAddress address) {
        return new VirtualIp(address, address instanceof Inet4Address ? 32 : 128);
    }

    public boolean isIpv6() {
        return address instanceof Inet6Address;
    }

    /** For example {@code 192.0.2.10/32}. */
    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefix;
    }
}
