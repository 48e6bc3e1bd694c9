package io.vipkeeper.kubernetes;

/** Text of strangers, made fit for a log: one line, printable, short. */
public final class OneLine {
    private static final int LONGEST = 300;

    private OneLine() {}

    /** {@code text} in one printable line of at most 300 characters and an ellipsis; empty for null. */
    public static String of(String text) {
        if (text == null) {
            return "";
        }
        String head = text.length() > 2 * LONGEST ? text.substring(0, 2 * LONGEST) : text;
        String line = head.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\u2028\\u2029\\s]+", " ")
                .strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
