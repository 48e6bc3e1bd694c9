package io.vipkeeper.pool;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

import io.vipkeeper.vip.VirtualIp;

/**
 * An address as a number, so that it can be counted from. IPv4 comes before IPv6.
 *
 * @param high the first 64 bits; 0 for IPv4
 * @param low the last 64 bits; those of IPv4 are the last 32 of them
 */
public record Address(boolean ipv6, long high, long low) implements Comparable<Address> {
    private static final long LAST_IPV4 = 0xffff_ffffL;
    private static final int LAST_OCTET = 0xff;
    private static final int LONGEST_TEXT = 45;

    /** The address that {@code text} says, without a zone; empty for anything else. Asks no resolver. */
    public static Optional<Address> parse(String text) {
        if (text.indexOf(':') < 0) {
            return parseIpv4(text);
        }
        if (text.length() > LONGEST_TEXT || !text.chars().allMatch(Address::isOfIpv6)) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(InetAddress.getByName(text)));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static boolean isOfIpv6(int character) {
        return character == ':' || character == '.' || Character.digit(character, 16) >= 0 && character < 128;
    }

    private static Optional<Address> parseIpv4(String text) {
        String[] octets = text.split("\\.", -1);
        long number = 0;
        for (String octet : octets) {
            // An octet with a leading zero is octal to some, decimal to others.
            if (octets.length != 4 || !octet.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(octet) > LAST_OCTET) {
                return Optional.empty();
            }
            number = number << 8 | Integer.parseInt(octet);
        }
        return Optional.of(new Address(false, 0, number));
    }

    public static Address of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address
                ? new Address(false, 0, number(bytes, 0, 4))
                : new Address(true, number(bytes, 0, 8), number(bytes, 8, 16));
    }

    public InetAddress inet() {
        byte[] bytes = new byte[ipv6 ? 16 : 4];
        for (int i = 0; i < bytes.length; i++) {
            int fromEnd = bytes.length - 1 - i;
            bytes[i] = (byte) ((fromEnd < Long.BYTES ? low : high) >>> Byte.SIZE * (fromEnd % Long.BYTES));
        }
        try {
            // InetAddress.getByAddress would make an IPv4 address of a mapped one, which has no place here.
            return ipv6 ? Inet6Address.getByAddress(null, bytes, -1) : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four and sixteen bytes are an address", e);
        }
    }

    private static long number(byte[] bytes, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number << Byte.SIZE | bytes[i] & 0xff;
        }
        return number;
    }

    public Family family() {
        return ipv6 ? Family.IPV6 : Family.IPV4;
    }

    /** Whether it means "any", which kube-vip takes for "ask DHCP". */
    public boolean isUnspecified() {
        return high == 0 && low == 0;
    }

    /** An IPv4 address that ends in .0 or .255 is handed out by no pool: some hosts take it for a network's. */
    public boolean isUsable() {
        long octet = low & LAST_OCTET;
        return ipv6 || octet != 0 && octet != LAST_OCTET;
    }

    /** The next usable one. */
    Optional<Address> nextUsable() {
        Optional<Address> next = next();
        while (next.isPresent() && !next.get().isUsable()) {
            next = next.get().next();
        }
        return next;
    }

    /** The usable one before. */
    Optional<Address> previousUsable() {
        Optional<Address> previous = previous();
        while (previous.isPresent() && !previous.get().isUsable()) {
            previous = previous.get().previous();
        }
        return previous;
    }

    private Optional<Address> next() {
        if (low == (ipv6 ? -1 : LAST_IPV4)) {
            return high == -1 || !ipv6 ? Optional.empty() : Optional.of(new Address(true, high + 1, 0));
        }
        return Optional.of(new Address(ipv6, high, low + 1));
    }

    private Optional<Address> previous() {
        if (low == 0) {
            return high == 0 ? Optional.empty() : Optional.of(new Address(true, high - 1, -1));
        }
        return Optional.of(new Address(ipv6, high, low - 1));
    }

    /** The addresses that have the first {@code prefix} bits in common with this one. */
    Span prefix(int prefix) {
        int hostBits = (ipv6 ? 128 : 32) - prefix;
        long lowHosts = hostBits >= Long.SIZE ? -1 : (1L << hostBits) - 1;
        long highHosts = hostBits <= Long.SIZE ? 0 : hostBits >= 2 * Long.SIZE ? -1 : (1L << hostBits - Long.SIZE) - 1;
        return new Span(
                new Address(ipv6, high & ~highHosts, low & ~lowHosts),
                new Address(ipv6, high | highHosts, low | lowHosts));
    }

    @Override
    public int compareTo(Address other) {
        if (ipv6 != other.ipv6) {
            return ipv6 ? 1 : -1;
        }
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** Dotted, or in the form of RFC 5952 section 4. */
    @Override
    public String toString() {
        String text = VirtualIp.host(inet()).toString();
        return text.substring(0, text.indexOf('/'));
    }
}
