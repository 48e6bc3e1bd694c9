package io.vipkeeper.cli.common;

/** Text of others, as a terminal may see it: one line, of a bearable length, without control characters. */
public final class Printable {
    private static final int LONGEST = 200;

    private Printable() {}

    public static String of(String text) {
        String plain = text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "..." : plain;
    }
}
