package io.vipkeeper.demo.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import io.vipkeeper.demo.Fault;
import io.vipkeeper.demo.Measurement;

/** What the benchmark prints. */
public final class Tables {
    private static final String PEER = "keepalived";
    private static final String NOTHING = "-";

    private Tables() {}

    /** Both programs side by side, a line for each fault: gaps as median and worst, the rest as the worst. */
    public static List<String> comparison(List<Measurement> measured) {
        List<Summary> all = Summary.of(measured);
        Table table = new Table(
                "fault",
                "runs",
                "vipkeeper gap",
                "worst",
                "moved after",
                "worst",
                "two answering",
                "moves",
                "flips back",
                "keepalived gap",
                "worst",
                "two answering",
                "moves");
        for (Fault fault : Summary.faults(all)) {
            table.add(row(fault, Summary.find(all, fault, Summary.OURS), Summary.find(all, fault, PEER)));
        }
        return table.lines();
    }

    private static String[] row(Fault fault, Optional<Summary> ours, Optional<Summary> peer) {
        List<String> cells = new ArrayList<>();
        cells.add(fault.label());
        cells.add(ours.or(() -> peer)
                .map(one -> Integer.toString(one.runs().size()))
                .orElseThrow());
        cells.add(ours.map(Tables::gap).orElse(NOTHING));
        cells.add(ours.map(Tables::worstGap).orElse(NOTHING));
        cells.add(ours.map(one -> text(one.takeover())).orElse(NOTHING));
        cells.add(ours.map(one -> text(one.worstTakeover())).orElse(NOTHING));
        cells.add(ours.map(Tables::twoAnswering).orElse(NOTHING));
        cells.add(ours.map(one -> Long.toString(one.moves())).orElse(NOTHING));
        cells.add(ours.map(one -> Long.toString(one.flips())).orElse(NOTHING));
        cells.add(peer.map(Tables::gap).orElse(NOTHING));
        cells.add(peer.map(Tables::worstGap).orElse(NOTHING));
        cells.add(peer.map(Tables::twoAnswering).orElse(NOTHING));
        cells.add(peer.map(one -> Long.toString(one.moves())).orElse(NOTHING));
        return cells.toArray(String[]::new);
    }

    /** A line for each fault and program with what lies behind the figures, as medians. */
    public static List<String> details(List<Measurement> measured) {
        Table table = new Table("fault", "program", "old answered", "announced", "since renewal", "resolution");
        for (Summary one : Summary.of(measured)) {
            table.add(
                    one.fault().label(),
                    one.program(),
                    Table.time(one.oldAnswered()),
                    text(one.announced()),
                    text(one.sinceRenewal()),
                    Table.time(one.resolution()));
        }
        return table.lines();
    }

    /** The middle one of some durations in nanoseconds; empty of none. */
    public static OptionalLong median(List<Long> nanos) {
        return Summary.median(nanos.stream().mapToLong(Long::longValue));
    }

    static String gap(Summary one) {
        return (one.runs().stream().filter(Measurement::open).count() * 2
                                > one.runs().size()
                        ? "over "
                        : "")
                + Table.time(one.gap());
    }

    static String worstGap(Summary one) {
        return (one.open() ? "over " : "") + Table.time(one.worstGap());
    }

    static String twoAnswering(Summary one) {
        return one.withoutEnd() ? "without end" : Table.time(one.twoAnswering());
    }

    private static String text(OptionalLong nanos) {
        return nanos.isPresent() ? Table.time(nanos.getAsLong()) : NOTHING;
    }
}
