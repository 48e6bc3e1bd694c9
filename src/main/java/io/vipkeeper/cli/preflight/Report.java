package io.vipkeeper.cli.preflight;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vipkeeper.cli.common.Columns;
import io.vipkeeper.cli.preflight.finding.Finding;
import io.vipkeeper.cli.preflight.finding.Finding.Level;

/** Findings as text or JSON, and as an exit code. */
record Report(List<Finding> findings) {
    static final int WELL = 0;
    static final int WARNED = 1;
    static final int FAILED = 2;

    /** A line each. */
    List<String> lines() {
        return Columns.of(findings.stream()
                .map(found -> List.of(found.level().toString(), found.check(), found.sentence()))
                .toList());
    }

    ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("exitCode", exitCode());
        ArrayNode all = root.putArray("findings");
        for (Finding found : findings) {
            all.addObject()
                    .put("level", found.level().toString())
                    .put("check", found.check())
                    .put("what", found.what())
                    .put("why", found.why())
                    .put("remedy", found.remedy());
        }
        return root;
    }

    int exitCode() {
        return any(Level.FAILURE) ? FAILED : any(Level.WARNING) ? WARNED : WELL;
    }

    private boolean any(Level level) {
        return findings.stream().anyMatch(found -> found.level() == level);
    }
}
