package io.vipkeeper.observe.page;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

import io.vertx.core.http.HttpServerResponse;

/** An open page. Called by one thread at a time. */
final class Listener {
    /** After so many looks without an event, an empty one shows that the connection lives. */
    private static final int QUIET_LOOKS = 20;

    /** So many looks long it may be behind. */
    private static final int PATIENCE_LOOKS = 40;

    private final HttpServerResponse response;
    private final Map<String, String> known = new HashMap<>();
    private int quiet;
    private int behind;

    Listener(HttpServerResponse response) {
        this.response = response;
    }

    /** Sends what it does not know yet; drops the connection if that reads nothing for too long. */
    void tell(Map<String, String> parts) {
        if (response.writeQueueFull()) {
            behind++;
            if (behind > PATIENCE_LOOKS) {
                drop();
            }
            return;
        }
        behind = 0;
        quiet++;
        parts.forEach((part, html) -> {
            if (!html.equals(known.put(part, html))) {
                send("part", html);
            }
        });
        if (quiet > QUIET_LOOKS) {
            send("beat", "");
        }
    }

    void drop() {
        response.reset();
    }

    private void send(String event, String data) {
        quiet = 0;
        response.write(data.lines().collect(Collectors.joining("\ndata: ", "event: " + event + "\ndata: ", "\n\n")));
    }
}
