package io.vipkeeper.demo.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a short command to its end. */
public final class Shell {
    private static final long LIMIT_SECONDS = 30;

    private Shell() {}

    /**
     * @return what the command printed on both streams
     * @throws LabException if it cannot be started, fails, or takes more than 30 s
     */
    public static String run(List<String> command) {
        return run(command, "");
    }

    /** As {@link #run(List)}, with the given text on standard input. */
    public static String run(List<String> command, String input) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            feed(process, input);
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new LabException("'" + String.join(" ", command) + "' did not end within 30 s");
            }
            if (process.exitValue() != 0) {
                throw new LabException(
                        "'" + String.join(" ", command) + "' failed (" + process.exitValue() + "): " + output);
            }
            return output;
        } catch (IOException e) {
            throw new LabException("'" + command.getFirst() + "' cannot be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while '" + String.join(" ", command) + "' ran", e);
        }
    }

    /** Runs one line of {@code sh}, for what is best done at one instant. */
    public static String script(String line) {
        return run(List.of("sh", "-c", line));
    }

    /** True if the command can be started and ends with 0. */
    static boolean succeeds(String... command) {
        try {
            run(List.of(command));
            return true;
        } catch (LabException e) {
            return false;
        }
    }

    private static void feed(Process process, String input) {
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // The command ended before it read everything; its exit code tells why.
        }
    }
}
