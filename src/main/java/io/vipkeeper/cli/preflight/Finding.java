package io.vipkeeper.cli.preflight;

import java.util.Locale;
import java.util.Optional;

/**
 * What one check found.
 *
 * @param subject a word or two
 * @param what there is, and what to do about it when that is not as it should be
 */
record Finding(Level level, String subject, String what) {

    /** A failure keeps the manager from starting or from holding; a warning makes it slower or less sure. */
    enum Level {
        OK,
        WARNING,
        FAILURE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String subject, String what) {
        return new Finding(Level.OK, subject, what);
    }

    static Finding warning(String subject, String what, String remedy) {
        return new Finding(Level.WARNING, subject, what + "; " + remedy);
    }

    static Finding failure(String subject, String what, String remedy) {
        return new Finding(Level.FAILURE, subject, what + "; " + remedy);
    }

    /** @param problem a sentence with its remedy; empty when all is well */
    static Finding unless(Optional<String> problem, String subject, String well) {
        return problem.map(found -> new Finding(Level.FAILURE, subject, found)).orElseGet(() -> ok(subject, well));
    }
}
