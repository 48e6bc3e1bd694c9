package io.vipkeeper.cli.preflight.finding;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one check found. All texts are one line.
 *
 * @param check a word or two
 * @param what there is
 * @param why that matters; empty when all is well
 * @param remedy what mends it, a command where one does; empty when nothing is to be done
 */
public record Finding(Level level, String check, String what, String why, String remedy) {

    /** How bad it is. */
    public enum Level {
        OK("ok"),
        /** It cannot be known before the cluster exists, and is no fault. */
        NOT_YET("not yet"),
        /** The manager works, but slower or less surely. */
        WARNING("warning"),
        /** The manager does not start, does not hold, or is not alone. */
        FAILURE("failure");

        private final String text;

        Level(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    public static Finding ok(String check, String what) {
        return new Finding(Level.OK, check, what, "", "");
    }

    public static Finding notYet(String check, String what) {
        return new Finding(Level.NOT_YET, check, what, "", "");
    }

    public static Finding warning(String check, String what, String why, String remedy) {
        return new Finding(Level.WARNING, check, what, why, remedy);
    }

    public static Finding failure(String check, String what, String why, String remedy) {
        return new Finding(Level.FAILURE, check, what, why, remedy);
    }

    /** Everything but the level and the check, for people. */
    public String sentence() {
        String found = Stream.of(what, why).filter(part -> !part.isEmpty()).collect(Collectors.joining(": "));
        return remedy.isEmpty() ? found : found + "; " + remedy;
    }
}
