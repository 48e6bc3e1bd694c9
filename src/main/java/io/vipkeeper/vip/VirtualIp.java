package io.vipkeeper.vip;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A virtual IP with the prefix that it is bound with.
 *
 * @param prefix 1 to 32 for IPv4, 1 to 128 for IPv6
 */
public record VirtualIp(InetAddress address, int prefix) {
    private static final int GROUPS = 8;

    /** The unspecified address of each family, for rehearsals: nobody can have it. */
    public static final List<VirtualIp> NOWHERE = List.of(unspecified(4), unspecified(16));

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

    private static VirtualIp unspecified(int length) {
        try {
            return host(InetAddress.getByAddress(new byte[length]));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four and sixteen bytes are an address", e);
        }
    }

    public boolean isIpv6() {
        return address instanceof Inet6Address;
    }

    /** For example {@code 192.0.2.10/32} or, in the form of RFC 5952 section 4, {@code 2001:db8::10/128}. */
    @Override
    public String toString() {
        return (isIpv6() ? compressed(address.getAddress()) : address.getHostAddress()) + "/" + prefix;
    }

    /** Leaves out the first of the longest runs of two or more zero groups. */
    private static String compressed(byte[] bytes) {
        int start = 0;
        int length = 0;
        for (int group = 0; group < GROUPS; group++) {
            int run = zerosFrom(bytes, group);
            if (run > length) {
                start = group;
                length = run;
            }
        }
        return length < 2
                ? groups(bytes, 0, GROUPS)
                : groups(bytes, 0, start) + "::" + groups(bytes, start + length, GROUPS);
    }

    private static int zerosFrom(byte[] bytes, int group) {
        int end = group;
        while (end < GROUPS && value(bytes, end) == 0) {
            end++;
        }
        return end - group;
    }

    private static String groups(byte[] bytes, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(group -> Integer.toHexString(value(bytes, group)))
                .collect(Collectors.joining(":"));
    }

    private static int value(byte[] bytes, int group) {
        return (bytes[2 * group] & 0xff) << 8 | bytes[2 * group + 1] & 0xff;
    }
}
