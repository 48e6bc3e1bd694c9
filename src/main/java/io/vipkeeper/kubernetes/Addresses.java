package io.vipkeeper.kubernetes;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads addresses that are written as numbers, and asks no resolver. */
public final class Addresses {
    private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    private Addresses() {}

    /** The address that {@code text} says, without a zone; empty for anything else. */
    public static Optional<InetAddress> literal(String text) {
        boolean number = IPV4.matcher(text).matches()
                || text.indexOf(':') >= 0 && IPV6.matcher(text).matches();
        if (!number) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
