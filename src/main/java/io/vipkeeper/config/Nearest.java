package io.vipkeeper.config;

import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/** Guesses what somebody meant to type. */
final class Nearest {
    private Nearest() {}

    /** {@code "; did you mean x?"}, or nothing when no candidate is close. */
    static String hint(String typed, Stream<String> candidates) {
        return candidates
                .filter(candidate -> !candidate.isEmpty() && typed.length() <= 64)
                .min(Comparator.comparingInt(candidate -> distance(typed, candidate)))
                .filter(candidate -> distance(typed, candidate) <= 3)
                .map(candidate -> "; did you mean " + candidate + "?")
                .orElse("");
    }

    /** Levenshtein's distance without regard to case. */
    static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j - 1], row[j]) + 1);
            }
        }
        return row[b.length()];
    }
}
