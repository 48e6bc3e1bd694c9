package io.vipkeeper.demo.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Text in columns, the first to the left and the others to the right, like figures. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... heading) {
        rows.add(List.of(heading));
    }

    public void add(String... cells) {
        rows.add(List.of(cells));
    }

    /** One line for each row, the heading first. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String space = " ".repeat(width(column) - row.get(column).length());
                line.append(column == 0 ? row.get(column) + space : "   " + space + row.get(column));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private int width(int column) {
        return rows.stream()
                .mapToInt(row -> column < row.size() ? row.get(column).length() : 0)
                .max()
                .orElse(0);
    }

    /** {@code 12 ms}, {@code 4.21 s}. */
    public static String time(long nanos) {
        long millis = Math.round(nanos / 1e6);
        return Math.abs(millis) < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }
}
