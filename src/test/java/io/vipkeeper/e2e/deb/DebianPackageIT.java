package io.vipkeeper.e2e.deb;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vipkeeper.demo.Packaged;
import io.vipkeeper.e2e.Requirements;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Debian package from its installation to its end, in a root of its own. {@code life.sh} lives it once; the tests look
 * at what it printed.
 */
class DebianPackageIT {
    @TempDir
    private static Path directory;

    private static Map<String, List<String>> sections;
    private static String errors;

    @BeforeAll
    static void live() throws Exception {
        Requirements.lab();
        Requirements.root();
        Requirements.program("systemd-analyze", "systemd");
        Requirements.program("dpkg-deb", "dpkg");
        Path output = directory.resolve("output");
        Path error = directory.resolve("error");
        ProcessBuilder builder = new ProcessBuilder(
                        "unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "bash", "-c", script())
                .redirectOutput(output.toFile())
                .redirectError(error.toFile());
        builder.environment().put("PACKAGE", debianPackage().toAbsolutePath().toString());
        builder.environment().put("JDK", System.getProperty("java.home"));
        builder.environment()
                .put("WORK", Files.createDirectory(directory.resolve("work")).toString());
        Process life = builder.start();
        boolean ended = life.waitFor(4, TimeUnit.MINUTES);
        life.destroyForcibly();
        errors = Files.readString(error);
        assertThat(ended).as(errors).isTrue();
        assertThat(life.exitValue()).as(Files.readString(output) + errors).isZero();
        sections = sections(Files.readAllLines(output));
    }

    @Test
    void installingMakesAUserThatAloneCanReadTheFolderOfItsCredentials() {
        assertThat(lines("installed")).containsExactly("install ok installed", "root:vipkeeper 750", "vipkeeper");
    }

    @Test
    void installingNotesTheClassesOfAStartForTheJvmThatIsThere() {
        assertThat(lines("archive")).hasSize(Packaged.find().isJar() ? 1 : 0);
    }

    @Test
    void itHoldsEitherTheJarsAndAScriptOrTheExecutableAlone() {
        if (Packaged.find().isJar()) {
            assertThat(lines("program")).containsExactly("#!/");
            assertThat(lines("jars")).contains("./usr/lib/vipkeeper/quarkus-run.jar");
        } else {
            assertThat(lines("program")).containsExactly("ELF");
            assertThat(lines("jars")).isEmpty();
        }
    }

    @Test
    void aJavaHomeThatIsTooOldIsRefusedInOneSentence() {
        List<String> jvm = List.of(
                "exit 2",
                "vipkeeper: JAVA_HOME=/opt/java-17 is Java 17: let it name a Java 21 or newer, or unset it",
                "exit 2",
                "vipkeeper: JAVA_HOME=/opt/java-8 is Java 8: let it name a Java 21 or newer, or unset it");

        assertThat(lines("oldjava")).isEqualTo(Packaged.find().isJar() ? jvm : List.of());
    }

    @Test
    void onlyWhatDoesNotMendByItselfIsTriedAgainSlowly() {
        assertThat(lines("restarts")).containsExactly("0:", "1: sleep 5", "3:", "203: sleep 5", "KILL:");
    }

    @Test
    void theProgramRunsFromThePath() {
        assertThat(lines("version")).hasSize(3).anyMatch(line -> line.startsWith("Version:"));
    }

    @Test
    void systemdFindsNoFaultInTheUnit() {
        assertThat(lines("unit")).containsExactly("verified");
    }

    @Test
    void eachCommandHasAPageAndHiddenOnesHaveNone() {
        assertThat(lines("pages"))
                .contains("vipkeeper.1.gz", "vipkeeper-manager.1.gz", "vipkeeper-manifest-pod.1.gz")
                .noneMatch(page -> page.contains("rehearse") || page.contains("demo-part"));
    }

    @Test
    void bashCompletesTheCommandsThatTheHelpShows() {
        assertThat(lines("completed"))
                .contains("manager", "manifest", "preflight", "status")
                .doesNotContain("rehearse", "demo-part");
    }

    @Test
    void withoutAnAddressTheServiceRefusesInOneSentenceAndIsNotTriedAgain() {
        assertThat(lines("unconfigured")).first().as("RestartPreventExitStatus").isEqualTo("exit 2");
        assertThat(lines("unconfigured")).anyMatch(line -> line.contains("no address is given"));
    }

    @Test
    void theServicesUserStartsItWithTwoCapabilitiesAndNothingExecutableInTmp() {
        assertThat(lines("started")).containsExactly("HTTP/1.0 200 OK", "CapEff:\t0000000000003000", "campaigning");
    }

    @Test
    void anUpgradeKeepsTheSettings() {
        assertThat(lines("upgraded"))
                .containsExactly("install ok installed 99.0", "address=192.0.2.10", "vipkeeper Release Information");
        assertThat(lines("again")).containsExactly("configured");
    }

    @Test
    void removingLeavesTheSettingsAndPurgingLeavesNothing() {
        assertThat(lines("removed"))
                .containsExactly("/etc/default/vipkeeper", "/etc/vipkeeper", "/etc/vipkeeper/kubeconfig");
        assertThat(lines("purged")).isEmpty();
    }

    private static List<String> lines(String section) {
        assertThat(sections).as(errors).containsKey(section);
        return sections.get(section);
    }

    private static String script() throws IOException {
        try (InputStream script = DebianPackageIT.class.getResourceAsStream("life.sh")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** That of the program that is tested, beside which there may be the other one. */
    private static Path debianPackage() {
        Path file = Path.of(System.getProperty("vipkeeper.deb"));
        if (!Files.isRegularFile(file)) {
            String how = Packaged.find().isJar() ? "-Ddeb" : "-Dnative -Ddeb";
            Requirements.missing("the Debian package " + file + " is missing: run './mvnw package " + how + "'");
        }
        return file;
    }

    private static Map<String, List<String>> sections(List<String> lines) {
        Map<String, List<String>> sections = new HashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("== ")) {
                current = new ArrayList<>();
                sections.put(line.substring(3), current);
            } else {
                current.add(line);
            }
        }
        return sections;
    }
}
