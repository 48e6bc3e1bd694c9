package io.vipkeeper.observe.page;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.databind.JsonNode;

import io.vipkeeper.observe.page.view.PageView;
import io.vipkeeper.observe.status.StatusDocument;

/** What there is to show now. The first who asks makes the template, which takes a while: never on an event loop. */
final class Pages {
    /** A change of these is shown at once; everything else can wait for a second. */
    private static final String[] URGENT = {"role", "holder", "vips", "hindrances", "troubles", "moves"};

    private final InstantSource wallClock;
    private final AtomicReference<Optional<StatusDocument>> shown = new AtomicReference<>(Optional.empty());
    private PageTemplate template;

    /** @param wallClock for people */
    Pages(InstantSource wallClock) {
        this.wallClock = wallClock;
    }

    /** The keeper runs from now on. */
    void show(StatusDocument document) {
        shown.set(Optional.of(document));
    }

    /** A page, and whether there is anything on it yet. */
    record Page(String html, boolean started) {}

    Page whole() {
        Optional<JsonNode> status = status();
        return new Page(template().whole(PageView.of(status, wallClock.instant())), status.isPresent());
    }

    Map<String, String> parts() {
        return template().parts(PageView.of(status(), wallClock.instant()));
    }

    /** Something that is equal while nothing has happened that is to be shown at once. */
    Optional<JsonNode> urgent() {
        return shown.get().flatMap(StatusDocument::json).map(json -> json.retain(URGENT));
    }

    private Optional<JsonNode> status() {
        return shown.get().flatMap(StatusDocument::json).map(JsonNode.class::cast);
    }

    private synchronized PageTemplate template() {
        if (template == null) {
            template = new PageTemplate();
        }
        return template;
    }
}
