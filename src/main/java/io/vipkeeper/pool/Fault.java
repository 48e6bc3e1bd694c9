package io.vipkeeper.pool;

/**
 * Something in the ConfigMap that is not as it should be; everything else in it counts.
 *
 * @param key of the ConfigMap
 * @param sentence names the key, the value and the remedy; one printable line
 */
public record Fault(String key, String sentence) {

    private static final int LONGEST = 80;

    /** {@code text} between quotes, without what does not belong into a line, and shortened. */
    public static String quoted(String text) {
        String head = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return "\"" + head.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\u2028\\u2029]", "?") + "\"";
    }
}
