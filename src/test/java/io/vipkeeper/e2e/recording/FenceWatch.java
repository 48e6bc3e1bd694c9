package io.vipkeeper.e2e.recording;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.vipkeeper.demo.lab.LabNode;

/**
 * Writes what {@code nft monitor} prints on a node, each line behind the time of its reading. A node that loses its
 * power loses every process, this one too, so it is started again; the kernel's filters are still as they were.
 */
final class FenceWatch implements AutoCloseable {
    private static final long PAUSE_MILLIS = 100;

    private final LabNode node;
    private final Writer out;
    private final Thread thread;
    private Process process;
    private boolean closed;

    private FenceWatch(LabNode node, Path file) throws IOException {
        this.node = node;
        this.out = Files.newBufferedWriter(file);
        this.thread = Thread.ofPlatform().daemon().name("fence-watch-" + node).unstarted(this::run);
    }

    static FenceWatch start(LabNode node, Path file) throws IOException {
        FenceWatch watch = new FenceWatch(node, file);
        watch.thread.start();
        return watch;
    }

    private void run() {
        try {
            while (restart()) {
                copy(process.inputReader(StandardCharsets.UTF_8));
                process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean restart() {
        if (!closed) {
            process = node.startPiped("nft", List.of("nft", "monitor"));
        }
        return !closed;
    }

    private void copy(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            out.write(Times.now() + " " + line + "\n");
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
            if (process != null) {
                process.destroy();
            }
        }
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        out.close();
    }
}
