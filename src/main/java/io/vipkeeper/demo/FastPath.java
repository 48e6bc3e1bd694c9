package io.vipkeeper.demo;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a node moves the VIP by its peers' grants, or by the times of the Lease alone. */
public enum FastPath {
    ON,
    OFF,
    /** The program has none, or says nothing of it. */
    ABSENT;

    private static final Pattern GAUGE =
            Pattern.compile("^vipkeeper_fast_path(?:\\{[^}\\n]*\\})? (\\S+)", Pattern.MULTILINE);

    /** @param metrics a page in the Prometheus text format */
    static FastPath in(String metrics) {
        Matcher gauge = GAUGE.matcher(metrics);
        if (!gauge.find()) {
            return ABSENT;
        }
        return gauge.group(1).matches("1(\\.0*)?") ? ON : OFF;
    }
}
