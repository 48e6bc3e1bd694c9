package io.vipkeeper.cli.common;

import java.util.ArrayList;
import java.util.List;

/** Rows as lines whose cells stand below each other. */
public final class Columns {
    private static final String GAP = "  ";

    private Columns() {}

    /** The last cell of a row may be as long as it likes. */
    public static List<String> of(List<List<String>> rows) {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                boolean last = column == row.size() - 1;
                line.append(column == 0 ? "" : GAP).append(row.get(column));
                line.append(
                        last
                                ? ""
                                : " "
                                        .repeat(width(rows, column)
                                                - row.get(column).length()));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream()
                .filter(row -> row.size() - 1 > column)
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }
}
