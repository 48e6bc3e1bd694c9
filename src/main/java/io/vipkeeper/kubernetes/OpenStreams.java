package io.vipkeeper.kubernetes;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The answers that go on, by the server that gives them. Safe for any thread. */
final class OpenStreams {
    private final Map<LineStream, ApiServer> open = new ConcurrentHashMap<>();

    /** @param from the server and the user, for people */
    LineStream open(ApiServer server, String from) {
        LineStream lines = new LineStream(from, open::remove);
        open.put(lines, server);
        return lines;
    }

    /** Lets those that this server gives fall silent, so that whoever reads them begins anew elsewhere. */
    void end(ApiServer server) {
        open.forEach((lines, from) -> {
            if (from.equals(server)) {
                lines.fallSilent();
            }
        });
    }
}
