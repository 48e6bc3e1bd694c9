package io.vipkeeper.e2e.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The image of the container file, laid out in a folder by its own instructions. In the place of its base are this
 * machine's {@code /usr} and {@code /etc} and the JDK that runs the tests.
 */
final class Image {
    private static final List<String> LINKS = List.of("bin", "lib", "lib64", "sbin");
    private static final List<String> MOUNT_POINTS =
            List.of("usr", "etc", "dev", "proc", "sys", "tmp", "root", "opt/java");
    private static final String CAPABILITIES = "-all,+net_admin,+net_raw";

    private final Path root;
    private final List<String> instructions;

    /** @param root an empty folder */
    Image(Path root, Path containerFile) throws IOException {
        this.root = root;
        this.instructions = Files.readString(containerFile)
                .replace("\\\n", "")
                .lines()
                .filter(line -> line.matches("[A-Z]+ .*"))
                .toList();
    }

    /** Copies what the file copies and runs what it runs. */
    void build() throws Exception {
        for (String link : LINKS) {
            if (Files.isSymbolicLink(Path.of("/", link))) {
                Files.createSymbolicLink(root.resolve(link), Files.readSymbolicLink(Path.of("/", link)));
            }
        }
        for (String folder : MOUNT_POINTS) {
            Files.createDirectories(root.resolve(folder));
        }
        for (String copy : all("COPY")) {
            String[] words = copy.split(" ");
            copy(Path.of(words[0]), workingDirectory().resolve(words[1]));
        }
        for (String command : all("RUN")) {
            Ended built = script("cd " + one("WORKDIR") + " && " + command, "", false);
            if (built.code != 0) {
                throw new IOException(built.toString());
            }
        }
    }

    /** The entry point with these arguments as in the pod: read-only root, uid 0 with two capabilities, /tmp for data. */
    Ended run(String... arguments) throws Exception {
        return script(command(List.of(arguments)), "exec ", true);
    }

    /**
     * The same, from a script that has the command in {@code $RUN} and may do what the machine around the container does.
     *
     * @param script for bash, in a network namespace of its own
     */
    Ended runFrom(String script, String... arguments) throws Exception {
        return bash(mounts(true) + "RUN=" + quoted(confined(command(List.of(arguments)))) + "\n" + script);
    }

    private Ended script(String command, String prefix, boolean readOnly) throws Exception {
        return bash(mounts(readOnly) + prefix + (readOnly ? confined(command) : inside(command)) + "\n");
    }

    private String command(List<String> arguments) throws IOException {
        List<String> words = new ArrayList<>(words(one("ENTRYPOINT")));
        words.addAll(arguments.isEmpty() ? words(one("CMD")) : arguments);
        return String.join(" ", words.stream().map(Image::quoted).toList());
    }

    private String mounts(boolean readOnly) {
        String text = """
                set -e
                mount --make-rprivate /
                mount --bind ROOT ROOT
                mount --rbind /usr ROOT/usr
                mount --rbind /etc ROOT/etc
                mount --rbind /dev ROOT/dev
                mount --bind JDK ROOT/opt/java
                mount -t proc proc ROOT/proc
                """;
        String locked = """
                for place in usr etc opt/java; do mount -o remount,ro,bind ROOT/$place; done
                mount -t tmpfs -o size=16m,mode=1777,noexec tmpfs ROOT/tmp
                mount -o remount,ro,bind ROOT
                """;
        return (text + (readOnly ? locked : ""))
                .replace("ROOT", root.toString())
                .replace("JDK", System.getProperty("java.home"));
    }

    private String inside(String command) {
        return "chroot " + root + " env -i PATH=/opt/java/bin:/usr/bin:/bin HOME=/root sh -c " + quoted(command);
    }

    /** As a runtime starts the pod's container: no way back to more rights. */
    private String confined(String command) {
        return "chroot " + root + " setpriv --bounding-set=" + CAPABILITIES + " --inh-caps=" + CAPABILITIES
                + " --no-new-privs env -i PATH=/opt/java/bin:/usr/bin:/bin HOME=/root " + command;
    }

    private Ended bash(String script) throws IOException, InterruptedException {
        Path out = Files.createTempFile("image", ".out");
        Path err = Files.createTempFile("image", ".err");
        Process process = new ProcessBuilder(
                        "unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "bash", "-c", script)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                throw new IOException("not done after two minutes: " + Files.readString(err));
            }
            return new Ended(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
            Files.delete(out);
            Files.delete(err);
        }
    }

    private Path workingDirectory() {
        return root.resolve(one("WORKDIR").substring(1));
    }

    private List<String> all(String instruction) {
        return instructions.stream()
                .filter(line -> line.startsWith(instruction + " "))
                .map(line -> line.substring(instruction.length() + 1).strip())
                .toList();
    }

    private String one(String instruction) {
        return all(instruction).getFirst();
    }

    private static List<String> words(String json) throws IOException {
        return List.of(new ObjectMapper().readValue(json, String[].class));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    record Ended(int code, String out, String err) {}
}
