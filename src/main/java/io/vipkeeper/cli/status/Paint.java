package io.vipkeeper.cli.status;

import java.util.Map;

/** Colours for a terminal, and none for anything else, or where NO_COLOR is set (no-color.org). */
record Paint(boolean coloured) {
    private static final String END = "\u001b[0m";

    static Paint of(boolean terminal, Map<String, String> environment) {
        boolean wanted = environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
        return new Paint(terminal && wanted);
    }

    String of(Diagnosis.Level level, String text) {
        return switch (level) {
            case WELL -> painted("\u001b[32m", text);
            case DEGRADED -> painted("\u001b[33m", text);
            case CRITICAL -> painted("\u001b[31m", text);
        };
    }

    String faint(String text) {
        return painted("\u001b[2m", text);
    }

    private String painted(String begin, String text) {
        return coloured ? begin + text + END : text;
    }
}
