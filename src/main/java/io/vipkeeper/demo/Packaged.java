package io.vipkeeper.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.vipkeeper.demo.lab.JavaCommand;
import io.vipkeeper.demo.lab.LabException;

/**
 * The program as its users have it.
 *
 * @param file the native executable, or {@code quarkus-run.jar} with all that lies beside it
 */
public record Packaged(Path file) {
    /** As in the container file and in the Debian package's script. */
    private static final List<String> JVM = List.of(
            "-XX:+UseSerialGC",
            "-Xms8m",
            "-Xmx48m",
            "-Xss256k",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xlog:cds=off",
            "-Xlog:cds+dynamic=off");
    /** The archive where it was made for: moved elsewhere, much of it would be private memory. */
    private static final List<String> MAPPED = List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0");

    private static final String JAR = "quarkus-run.jar";

    /**
     * The native executable that {@code vipkeeper.executable} names, else the jar that {@code vipkeeper.jar} names, else
     * what this process runs.
     *
     * @throws LabException if there is none
     */
    public static Packaged find() {
        String executable =
                System.getProperty("vipkeeper.executable", JavaCommand.isNative() ? JavaCommand.self() : "");
        if (!executable.isEmpty()) {
            return existing(Path.of(executable), "the native executable is missing: run './mvnw package -Dnative'");
        }
        String missing = "the packaged program is missing: run './mvnw package' and start target/quarkus-app/" + JAR;
        Path jar = Path.of(System.getProperty("vipkeeper.jar", System.getProperty("java.class.path")));
        if (!jar.getFileName().toString().equals(JAR)) {
            throw new LabException(missing);
        }
        return existing(jar, missing);
    }

    private static Packaged existing(Path file, String otherwise) {
        if (!Files.isRegularFile(file)) {
            throw new LabException(otherwise);
        }
        return new Packaged(file.toAbsolutePath());
    }

    /** Whether a JVM runs it. */
    public boolean isJar() {
        return file.endsWith(JAR);
    }

    /** The command line with these arguments; a JVM is started with what its container image gives it. */
    public List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        if (isJar()) {
            command.add(JavaCommand.java());
            command.addAll(JVM);
            Path archive = file.resolveSibling("vipkeeper.jsa");
            if (Files.isRegularFile(archive)) {
                command.addAll(MAPPED);
                command.add("-XX:SharedArchiveFile=" + archive);
            }
            command.add("-jar");
        }
        command.add(file.toString());
        command.addAll(List.of(arguments));
        return command;
    }
}
