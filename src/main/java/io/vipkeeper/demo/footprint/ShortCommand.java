package io.vipkeeper.demo.footprint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

import io.vipkeeper.demo.lab.LabException;

/**
 * A command of the program that ends by itself.
 *
 * @param nanos from its start to its end
 * @param peakKib the most memory that was resident, as far as it was seen: it is looked at each millisecond
 */
record ShortCommand(long nanos, long peakKib) {

    /** @throws LabException if it cannot be started or fails */
    static ShortCommand run(List<String> command) {
        try {
            long started = System.nanoTime();
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            long peak = 0;
            while (process.isAlive()) {
                peak = Math.max(peak, peak(process.pid()));
                Thread.sleep(1);
            }
            long nanos = System.nanoTime() - started;
            if (process.exitValue() != 0) {
                throw new LabException("'" + String.join(" ", command) + "' failed (" + process.exitValue() + ")");
            }
            return new ShortCommand(nanos, peak);
        } catch (IOException e) {
            throw new LabException("'" + command.getFirst() + "' cannot be watched: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while '" + command.getFirst() + "' ran", e);
        }
    }

    /** 0 when it is gone or has no memory any more. */
    private static long peak(long process) throws IOException {
        try {
            return Usage.kib(Files.readAllLines(Path.of("/proc", Long.toString(process), "status")).stream(), "VmHWM:");
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            if ("No such process".equals(e.getMessage())) {
                return 0;
            }
            throw e;
        }
    }
}
