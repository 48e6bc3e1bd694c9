package io.vipkeeper.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jboss.logging.Logger;

import io.vipkeeper.cli.status.ProcessText;
import io.vipkeeper.observe.status.StatusDocument;

/**
 * SIGUSR1 writes the status to the log, as kube-vip's does. On a thread of its own, so that a log that nobody reads holds
 * up neither a signal nor a step; of several signals within a second one counts.
 */
final class StatusDump {
    private static final Logger LOG = Logger.getLogger(StatusDump.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MOST_LINES = 60;

    private static final AtomicReference<Supplier<Optional<ObjectNode>>> SHOWN = new AtomicReference<>(Optional::empty);

    private final Supplier<Optional<ObjectNode>> document;
    private final boolean json;
    private final Consumer<String> log;
    private final Semaphore asked = new Semaphore(0);

    StatusDump(Supplier<Optional<ObjectNode>> document, boolean json, Consumer<String> log) {
        this.document = document;
        this.json = json;
        this.log = log;
    }

    /** From now on the signal is handled, which would end the process otherwise. */
    static void await(boolean json) {
        StatusDump dump = new StatusDump(() -> SHOWN.get().get(), json, LOG::info);
        Thread.ofPlatform().daemon().name("status-dump").start(dump::run);
        Signals.on("USR1", dump::ask);
    }

    /** This is the status from now on. */
    static void show(StatusDocument status) {
        SHOWN.set(status::json);
    }

    /** Never blocks. */
    void ask() {
        asked.release();
    }

    /** Writes what is asked for until the thread is interrupted. */
    void run() {
        try {
            while (true) {
                asked.acquire();
                asked.drainPermits();
                log.accept(text());
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One entry: several lines of bounded length, or one line where each entry is one. */
    String text() {
        Optional<ObjectNode> status = document.get();
        if (status.isEmpty()) {
            return "status: not started yet";
        }
        if (json) {
            return "status " + status.get();
        }
        List<String> lines = ProcessText.lines(status.get());
        return "status\n" + String.join("\n", lines.subList(0, Math.min(MOST_LINES, lines.size())));
    }
}
