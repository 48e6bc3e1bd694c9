package io.vipkeeper.demo.lab;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines for processes of the kind of this one. */
public final class JavaCommand {
    private static final List<String> SMALL = List.of(
            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m", "-Xss256k", "--enable-native-access=ALL-UNNAMED");

    /** The hidden command behind which the native executable has the demonstration's other main classes. */
    public static final String PART = "demo-part";

    private JavaCommand() {}

    /** Whether this process is the native executable, as GraalVM tells it. */
    public static boolean isNative() {
        return "runtime".equals(System.getProperty("org.graalvm.nativeimage.imagecode"));
    }

    /** The file that this process runs. */
    public static String self() {
        return ProcessHandle.current().info().command().orElseThrow(() -> new LabException("/proc/self/exe is hidden"));
    }

    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /**
     * A small JVM that runs a main class of this program, with the class path of this process; the native executable
     * runs itself with {@value #PART} instead.
     */
    public static List<String> main(String mainClass, List<String> arguments) {
        if (isNative()) {
            List<String> command = new ArrayList<>(List.of(self(), PART, mainClass));
            command.addAll(arguments);
            return command;
        }
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(SMALL);
        command.addAll(List.of("-cp", classPath(System.getProperty("java.class.path")), mainClass));
        command.addAll(arguments);
        return command;
    }

    /**
     * The class path for a plain JVM. The packaged program is one jar whose loader knows the rest by an index of its
     * own, so for it the folders beside the jar are named.
     */
    static String classPath(String ours) {
        Path jar = Path.of(ours.split(File.pathSeparator)[0]).toAbsolutePath();
        Path app = jar.resolveSibling("app");
        if (ours.contains(File.pathSeparator) || !Files.isDirectory(app)) {
            return ours;
        }
        return app + "/*" + File.pathSeparator + jar.resolveSibling("lib") + "/main/*";
    }
}
