package io.vipkeeper.demo.show;

import java.io.PrintStream;
import java.util.Locale;

import io.vipkeeper.linux.StandardOutput;

/** The demonstration's output: lines with the time since its start, coloured on a terminal only. */
final class Screen {
    private static final String BOLD = "1";
    private static final String GREEN = "32";
    private static final String RED = "31";

    private final PrintStream out;
    private final boolean colours;
    private final long start = System.nanoTime();

    Screen(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    /** Whether standard output is a terminal whose user did not ask for plain text (no-color.org). */
    static boolean terminal() {
        return System.getenv("NO_COLOR") == null && StandardOutput.isTerminal();
    }

    void plain(String line) {
        out.println(line);
    }

    /** Something that is being done. */
    void step(String text) {
        out.println(clock() + "  " + painted(BOLD, text));
    }

    /** Something that was seen. */
    void seen(String text, boolean good) {
        out.println(clock() + "    " + painted(good ? GREEN : RED, text));
    }

    private String clock() {
        return String.format(Locale.ROOT, "%7.2f s", (System.nanoTime() - start) / 1e9);
    }

    private String painted(String code, String text) {
        return colours ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}
