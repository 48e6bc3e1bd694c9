package io.vipkeeper.demo.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import io.vipkeeper.demo.FastPath;
import io.vipkeeper.demo.Fault;
import io.vipkeeper.demo.Measurement;
import io.vipkeeper.demo.lab.LabException;

/** A CSV file with a row for each run, in milliseconds with three decimals. */
public final class RawTimes {
    static final String HEADING = "program,fault,run,holder,successor,gap_ms,gap_open,two_answering_ms,"
            + "two_answering_without_end,old_answered_ms,takeover_ms,announced_ms,since_renewal_ms,moves,flips,"
            + "watched_ms,resolution_ms,fast_path";
    private static final int COLUMNS = HEADING.split(",").length;

    private RawTimes() {}

    /** The whole file; runs are numbered from 1 among those of the same fault and program. */
    public static String of(List<Measurement> measured) {
        Map<String, Integer> numbers = new HashMap<>();
        StringBuilder text = new StringBuilder(HEADING).append('\n');
        for (Measurement one : measured) {
            int number = numbers.merge(one.program() + "," + one.fault(), 1, Integer::sum);
            text.append(row(one, number)).append('\n');
        }
        return text.toString();
    }

    private static String row(Measurement run, int number) {
        return String.join(
                ",",
                run.program(),
                run.fault().id(),
                Integer.toString(number),
                run.holder(),
                run.successor().orElse(""),
                millis(run.gap()),
                Boolean.toString(run.open()),
                millis(run.twoAnswering()),
                Boolean.toString(run.withoutEnd()),
                millis(run.oldAnswered()),
                millis(run.takeover()),
                millis(run.announced()),
                millis(run.sinceRenewal()),
                Integer.toString(run.moves()),
                Integer.toString(run.flips()),
                millis(run.watched()),
                millis(run.resolution()),
                run.fastPath().name().toLowerCase(Locale.ROOT));
    }

    /** @throws LabException with the number of the line, if it is not a file that this class wrote */
    public static List<Measurement> read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.isEmpty() || !lines.getFirst().equals(HEADING)) {
                throw new LabException("--merge " + file + " does not begin with the heading of a benchmark's CSV");
            }
            List<Measurement> measured = new ArrayList<>();
            for (int i = 1; i < lines.size(); i++) {
                measured.add(parsed(file, i + 1, lines.get(i)));
            }
            return measured;
        } catch (IOException e) {
            throw new LabException("--merge " + file + " cannot be read: " + e, e);
        }
    }

    private static Measurement parsed(Path file, int number, String line) {
        String[] cells = line.split(",", -1);
        try {
            if (cells.length != COLUMNS) {
                throw new IllegalArgumentException(cells.length + " columns instead of " + COLUMNS);
            }
            return parsed(cells);
        } catch (IllegalArgumentException | LabException e) {
            throw new LabException("--merge " + file + ", line " + number + ": " + e.getMessage(), e);
        }
    }

    private static Measurement parsed(String[] cells) {
        return new Measurement(
                cells[0],
                Fault.of(cells[1]),
                cells[3],
                Optional.of(cells[4]).filter(name -> !name.isEmpty()),
                nanos(cells[5]),
                Boolean.parseBoolean(cells[6]),
                nanos(cells[7]),
                Boolean.parseBoolean(cells[8]),
                nanos(cells[9]),
                maybe(cells[10]),
                maybe(cells[11]),
                maybe(cells[12]),
                Integer.parseInt(cells[13]),
                Integer.parseInt(cells[14]),
                nanos(cells[15]),
                nanos(cells[16]),
                FastPath.valueOf(cells[17].toUpperCase(Locale.ROOT)));
    }

    private static OptionalLong maybe(String cell) {
        return cell.isEmpty() ? OptionalLong.empty() : OptionalLong.of(nanos(cell));
    }

    private static long nanos(String cell) {
        return Math.round(Double.parseDouble(cell) * 1e6);
    }

    private static String millis(OptionalLong nanos) {
        return nanos.isPresent() ? millis(nanos.getAsLong()) : "";
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / 1e6);
    }
}
