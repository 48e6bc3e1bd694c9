package io.vipkeeper.observe;

/** One log line: what happened, then {@code key=value} in a fixed order, safe to print whatever the values hold. */
final class Line {
    private static final int LONGEST_VALUE = 200;

    private final StringBuilder text;

    private Line(String event) {
        text = new StringBuilder(event);
    }

    static Line of(String event) {
        return new Line(event);
    }

    Line with(String key, Object value) {
        String shown = value.toString();
        if (shown.length() > LONGEST_VALUE) {
            shown = shown.substring(0, LONGEST_VALUE) + "...";
        }
        shown = shown.replaceAll("[\\p{Cntrl}\"]", "?");
        boolean quoted = shown.isEmpty() || shown.contains(" ") || shown.contains("=");
        text.append(' ').append(key).append('=').append(quoted ? '"' + shown + '"' : shown);
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
