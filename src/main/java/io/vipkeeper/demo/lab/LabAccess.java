package io.vipkeeper.demo.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether this process may build a lab, and the way into a user namespace where it may. */
public final class LabAccess {
    private static final String INSIDE = "VIPKEEPER_LAB_INSIDE";

    private static final Map<String, String> TOOLS =
            Map.of("ip", "iproute2", "setpriv", "util-linux", "unshare", "util-linux");

    private LabAccess() {}

    /** What is missing, as one sentence with the remedy; empty if a lab can be built from this process. */
    public static Optional<String> problem() {
        return missingTool().or(() -> Shell.succeeds("sh", "-c", tryNamespace()) ? Optional.empty() : denied());
    }

    /**
     * If this process may not make namespaces but a user namespace would allow it, runs the same command line inside
     * one, with this process's terminal, and returns its exit code. Call it first in {@code main}.
     *
     * @return empty if this process can go on by itself, or if nothing helps and {@link #problem} says why
     */
    public static Optional<Integer> enterUserNamespace() {
        if (System.getenv(INSIDE) != null
                || missingTool().isPresent()
                || problem().isEmpty()) {
            return Optional.empty();
        }
        if (!Shell.succeeds("unshare", "-Urnm", "sh", "-c", "mount -t tmpfs tmpfs /run && " + tryNamespace())) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "-Urnm",
                "setpriv",
                "--pdeathsig",
                "TERM",
                "sh",
                "-c",
                "mount -t tmpfs tmpfs /run && exec \"$@\"",
                "sh"));
        command.addAll(ownCommandLine());
        return Optional.of(inside(command));
    }

    private static int inside(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put(INSIDE, "1");
        try {
            Process process = builder.start();
            // A Ctrl-C reaches both; this one must not return to the shell before the other has cleaned up.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                process.destroy();
                process.onExit().join();
            }));
            return process.waitFor();
        } catch (IOException e) {
            throw new LabException("'unshare' cannot be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        }
    }

    private static List<String> ownCommandLine() {
        ProcessHandle.Info info = ProcessHandle.current().info();
        return Stream.concat(info.command().stream(), Stream.of(info.arguments().orElse(new String[0])))
                .toList();
    }

    private static Optional<String> missingTool() {
        return TOOLS.entrySet().stream()
                .flatMap(tool -> missing(tool.getKey(), tool.getValue()).stream())
                .sorted()
                .findFirst();
    }

    /** The sentence to show if a program is not installed. */
    public static Optional<String> missing(String tool, String from) {
        return Shell.succeeds("sh", "-c", "command -v " + tool)
                ? Optional.empty()
                : Optional.of("the program '" + tool + "' is missing: install " + from);
    }

    private static String tryNamespace() {
        String name = "vk-try-" + ProcessHandle.current().pid();
        return "ip netns add " + name + " && ip netns exec " + name + " ip link add vk0 type bridge; result=$?; "
                + "ip netns del " + name + " 2>/dev/null; exit $result";
    }

    private static Optional<String> denied() {
        return Optional.of("this user may not make network namespaces with bridges: run as root, or allow user"
                + " namespaces (sysctl kernel.unprivileged_userns_clone=1 on Debian,"
                + " kernel.apparmor_restrict_unprivileged_userns=0 on Ubuntu)");
    }
}
