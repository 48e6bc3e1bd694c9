package io.vipkeeper.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.vipkeeper.demo.lab.LabNode;

/** When an API server that was just started answers. */
final class FirstAnswer {
    static final String LOCAL = "https://127.0.0.1:6443";

    private static final String POLL =
            "until curl -sko /dev/null --max-time 1 %s/healthz; do sleep 0.01; done; echo".formatted(LOCAL);

    private FirstAnswer() {}

    /**
     * Blocks until the server of a node answers its own node, with whatever status.
     *
     * @return {@link System#nanoTime} of that
     */
    static long of(LabNode node) throws IOException {
        try (var lines = node.startPiped("poll", List.of("sh", "-c", POLL)).inputReader(StandardCharsets.US_ASCII)) {
            lines.readLine();
            return System.nanoTime();
        }
    }
}
