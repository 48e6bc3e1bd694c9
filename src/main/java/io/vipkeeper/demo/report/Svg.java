package io.vipkeeper.demo.report;

import java.util.Locale;

/** Elements of an SVG picture, one a line. Coordinates have one decimal, so that the same data give the same bytes. */
final class Svg {
    // No variables: not every viewer of pictures knows them.
    private static final String STYLE = """
            text { font-family: system-ui, sans-serif; font-size: 13px; fill: #1f2328 }
            .title { font-size: 18px; font-weight: 600 }
            .faint { font-size: 12px; fill: #59636e }
            .end { text-anchor: end }
            .middle { text-anchor: middle }
            .paper { fill: #ffffff }
            .row { fill: #f3f5f7 }
            .grid { stroke: #d1d9e0; stroke-width: 1 }
            .ours { fill: #0b62c4; stroke: #0b62c4 }
            .peer { fill: #bc4c00; stroke: #bc4c00 }
            @media (prefers-color-scheme: dark) {
            text { fill: #e6edf3 }
            .faint { fill: #9198a1 }
            .paper { fill: #0d1117 }
            .row { fill: #161b22 }
            .grid { stroke: #3d444d }
            .ours { fill: #58a6ff; stroke: #58a6ff }
            .peer { fill: #f0883e; stroke: #f0883e }
            }
            text.ours, text.peer { stroke: none }
            .dot { fill-opacity: 0.45; stroke-width: 0.8 }
            .open { fill: none }
            .median { stroke-width: 2.5 }
            """;

    private final StringBuilder text = new StringBuilder();

    Svg(double width, double height, String title, String description) {
        line(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %s\" width=\"%s\" height=\"%s\" role=\"img\">",
                number(width), number(height), number(width), number(height));
        line("<title>%s</title>", escaped(title));
        line("<desc>%s</desc>", escaped(description));
        line("<style>\n%s</style>", STYLE);
        rectangle("paper", 0, 0, width, height);
    }

    void rectangle(String style, double x, double y, double width, double height) {
        line(
                "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>",
                style, number(x), number(y), number(width), number(height));
    }

    void text(String style, double x, double y, String content) {
        line("<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>", style, number(x), number(y), escaped(content));
    }

    void vertical(String style, double x, double from, double to) {
        line(
                "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>",
                style, number(x), number(from), number(x), number(to));
    }

    /** @param says what a viewer shows while the pointer rests on it */
    void dot(String style, double x, double y, String says) {
        line(
                "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"3.5\"><title>%s</title></circle>",
                style, number(x), number(y), escaped(says));
    }

    /** The whole file. */
    String end() {
        line("</svg>");
        return text.toString();
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String number(double value) {
        String number = String.format(Locale.ROOT, "%.1f", value);
        return number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
    }

    private static String escaped(String content) {
        return content.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
