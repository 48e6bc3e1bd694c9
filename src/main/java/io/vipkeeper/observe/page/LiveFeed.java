package io.vipkeeper.observe.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import org.jboss.logging.Logger;

/**
 * Tells open pages what has changed, as server-sent events: at once when the address moves, else once a second. Looks at
 * the keeper only while somebody listens, on a worker thread; whoever does not read fast enough is let go.
 */
final class LiveFeed {
    /** The port has 64 connections, and the probes of the kubelet come first. */
    static final int MOST_LISTENERS = 8;

    private static final Logger LOG = Logger.getLogger(LiveFeed.class);
    private static final long LOOK_MILLIS = 250;
    private static final int LOOKS_A_SECOND = 4;

    private final Vertx vertx;
    private final Pages pages;
    private final List<Listener> listeners = new ArrayList<>();
    private Optional<Long> timer = Optional.empty();
    private boolean looking;
    private boolean joined;
    private boolean complained;
    private int looks;
    private Optional<JsonNode> urgent = Optional.empty();

    LiveFeed(Vertx vertx, Pages pages) {
        this.vertx = vertx;
        this.pages = pages;
    }

    /** @return false when too many listen already */
    synchronized boolean join(HttpServerResponse response) {
        if (listeners.size() == MOST_LISTENERS) {
            return false;
        }
        Listener listener = new Listener(response);
        response.closeHandler(closed -> leave(listener));
        response.exceptionHandler(broken -> leave(listener));
        listeners.add(listener);
        joined = true;
        if (timer.isEmpty()) {
            timer = Optional.of(vertx.setPeriodic(1, LOOK_MILLIS, tick -> look()));
        }
        return true;
    }

    synchronized int listening() {
        return listeners.size();
    }

    /** Whether anything is done at all. */
    synchronized boolean isAwake() {
        return timer.isPresent();
    }

    private synchronized void leave(Listener listener) {
        listeners.remove(listener);
        if (listeners.isEmpty()) {
            timer.ifPresent(vertx::cancelTimer);
            timer = Optional.empty();
        }
    }

    private synchronized void look() {
        if (!looking) {
            looking = true;
            boolean due = joined || looks++ % LOOKS_A_SECOND == 0;
            joined = false;
            vertx.executeBlocking(() -> news(due)).onSuccess(this::tell).onFailure(this::broken);
        }
    }

    /** On a worker thread, and never twice at a time; nothing when it is not yet time. */
    private Map<String, String> news(boolean due) {
        Optional<JsonNode> now = pages.urgent();
        boolean changed = !now.equals(urgent);
        urgent = now;
        return due || changed ? pages.parts() : Map.of();
    }

    private synchronized void tell(Map<String, String> parts) {
        looking = false;
        List.copyOf(listeners).forEach(listener -> listener.tell(parts));
    }

    /** A page that is told nothing must not look alive. */
    private synchronized void broken(Throwable failure) {
        looking = false;
        if (!complained) {
            complained = true;
            LOG.warn("the page cannot be drawn; said once", failure);
        }
        List.copyOf(listeners).forEach(Listener::drop);
    }
}
