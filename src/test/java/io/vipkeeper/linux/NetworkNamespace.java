package io.vipkeeper.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import jnr.ffi.LibraryLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * A network namespace of one test. A namespace belongs to a thread in Linux: what is to happen in it happens in a fresh
 * thread, whose own threads and child processes begin there, too.
 */
public final class NetworkNamespace implements AutoCloseable {
    private static final int CLONE_NEWNET = 0x40000000;
    private static final int READ_ONLY = 0;

    private final String name = "vk-" + UUID.randomUUID().toString().substring(0, 8);

    private NetworkNamespace() {}

    /** Without the privilege the test is skipped with the reason; where CI is set it fails. */
    public static NetworkNamespace create() {
        NetworkNamespace namespace = new NetworkNamespace();
        try {
            execute(List.of("ip", "netns", "add", namespace.name));
            namespace.ip("link", "set", "lo", "up");
            return namespace;
        } catch (AssertionError | UncheckedIOException e) {
            String reason = "needs root and iproute2 to make a network namespace: " + e.getMessage();
            return "true".equals(System.getenv("CI")) ? fail(reason) : abort(reason);
        }
    }

    /** Makes {@code nic0} here and {@code peer0} there, the two ends of one cable, both up. */
    public void cableTo(NetworkNamespace peer) {
        ip("link", "add", "nic0", "type", "veth", "peer", "name", "peer0", "netns", peer.name);
        ip("link", "set", "nic0", "up");
        peer.ip("link", "set", "peer0", "up");
    }

    public interface Task {
        void run() throws Exception;
    }

    public void inside(Task task) throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                enter();
                task.run();
            } catch (Throwable e) {
                thrown.set(e);
            }
        });
        thread.start();
        thread.join();
        Throwable failure = thrown.get();
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof Exception exception) {
            throw exception;
        }
    }

    /** Runs ip in this namespace and gives its output. */
    public String ip(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip", "-n", name));
        command.addAll(List.of(arguments));
        return execute(command);
    }

    /** Starts a command in this namespace. */
    public Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", name));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }

    public String name() {
        return name;
    }

    @Override
    public void close() {
        execute(List.of("ip", "netns", "del", name));
    }

    private void enter() {
        Functions functions = LibraryLoader.create(Functions.class).load("c");
        int file = functions.open("/run/netns/" + name, READ_ONLY);
        assertThat(file).as("open namespace").isNotNegative();
        assertThat(functions.setns(file, CLONE_NEWNET)).as("setns").isZero();
        functions.close(file);
    }

    private static String execute(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(command + ": " + output).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fail("interrupted");
        }
    }

    /** Public only because jnr-ffi implements it in a generated class. */
    public interface Functions {
        int open(String path, int flags);

        int setns(int file, int type);

        int close(int file);
    }
}
