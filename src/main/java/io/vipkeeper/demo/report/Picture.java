package io.vipkeeper.demo.report;

import java.util.List;
import java.util.Locale;

import io.vipkeeper.demo.Fault;
import io.vipkeeper.demo.Measurement;

/** The client's gaps as an SVG: for each fault a strip for each program, each run a dot, the median a tick. */
public final class Picture {
    private static final double WIDTH = 1080;
    private static final double LEFT = 220;
    private static final double PLOT = 480;
    private static final double TOP = 104;
    private static final double STRIP = 22;
    private static final double SPACE = 10;
    private static final double BOTTOM = 64;
    private static final double[] COLUMNS = {800, 880, 985, 1050};
    private static final String[] HEADINGS = {"median", "worst", "two answering", "moves"};

    private final List<Summary> summaries;
    private final LogScale scale;
    private final double height;
    private final Svg svg;

    private Picture(List<Measurement> measured) {
        this.summaries = Summary.of(measured);
        this.scale = LogScale.of(measured.stream().mapToLong(Measurement::gap), LEFT, PLOT);
        this.height = TOP
                + STRIP * summaries.size()
                + SPACE * Summary.faults(summaries).size()
                + BOTTOM;
        this.svg = new Svg(
                WIDTH,
                height,
                "Client gap by fault",
                "For each fault at the holder the longest time without an answer, of each run, on a logarithmic scale");
    }

    /** The same text for the same measurements in the same order. */
    public static String of(List<Measurement> measured) {
        return new Picture(measured).drawn();
    }

    private String drawn() {
        svg.text("title", 20, 34, "How long a client waits when the holder fails");
        legend();
        for (int i = 0; i < COLUMNS.length; i++) {
            svg.text("faint end", COLUMNS[i], TOP - 12, HEADINGS[i]);
        }
        double y = TOP;
        for (Fault fault : Summary.faults(summaries)) {
            double rows = STRIP * of(fault).size();
            svg.rectangle("row", 12, y, WIDTH - 24, rows);
            svg.text("", 20, y + rows / 2 + 4, fault.label());
            y += rows + SPACE;
        }
        grid();
        y = TOP;
        for (Fault fault : Summary.faults(summaries)) {
            for (Summary one : of(fault)) {
                strip(one, y + STRIP / 2);
                y += STRIP;
            }
            y += SPACE;
        }
        return svg.end();
    }

    private List<Summary> of(Fault fault) {
        return summaries.stream().filter(one -> one.fault() == fault).toList();
    }

    private void legend() {
        double x = 20;
        for (String program : Summary.programs(summaries)) {
            svg.vertical("median " + style(program), x + 4, 50, 66);
            svg.dot("key dot " + style(program), x + 14, 58, program);
            svg.text(style(program), x + 24, 62, program);
            x += 110;
        }
        svg.text("faint", x, 62, "a dot is a run, the tick their median; hollow: the gap had not ended");
    }

    private void grid() {
        double bottom = height - BOTTOM;
        for (long tick : scale.ticks()) {
            double x = scale.xOfTick(tick);
            svg.vertical("grid", x, TOP - 6, bottom);
            svg.text("faint middle", x, TOP - 12, LogScale.label(tick));
            svg.text("faint middle", x, bottom + 16, LogScale.label(tick));
        }
        svg.text(
                "faint middle",
                LEFT + PLOT / 2,
                bottom + 36,
                "client gap in ms, logarithmic; the client asks each 5 ms");
    }

    private void strip(Summary one, double middle) {
        String style = style(one.program());
        for (int i = 0; i < one.runs().size(); i++) {
            Measurement run = one.runs().get(i);
            svg.dot(
                    "dot " + style + (run.open() ? " open" : ""),
                    scale.x(run.gap()),
                    middle + (i * 5 % 11) - 5,
                    says(run, i + 1));
        }
        svg.vertical("median " + style, scale.x(one.gap()), middle - STRIP / 2 + 1, middle + STRIP / 2 - 1);
        String[] cells = {Tables.gap(one), Tables.worstGap(one), Tables.twoAnswering(one), Long.toString(one.moves())};
        for (int i = 0; i < cells.length; i++) {
            svg.text("end " + style, COLUMNS[i], middle + 4, cells[i]);
        }
    }

    private static String says(Measurement run, int number) {
        return String.format(
                Locale.ROOT,
                "%s, %s, run %d: %s%.1f ms",
                run.program(),
                run.fault().label(),
                number,
                run.open() ? "over " : "",
                run.gap() / 1e6);
    }

    private static String style(String program) {
        return program.equals(Summary.OURS) ? "ours" : "peer";
    }
}
