package io.vipkeeper.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class PackagedTest {
    private static final String ARCHIVE = "-XX:SharedArchiveFile=";
    private static final Pattern OPTION = Pattern.compile("(?<=[\\s\"])-X[^\\s\",]+");

    @TempDir
    private Path folder;

    @Test
    void theImageStartsTheJvmAsTheDemonstrationDoes() throws IOException {
        assertThat(optionsIn("src/main/docker/Containerfile", line -> line.startsWith("ENTRYPOINT")))
                .containsExactlyInAnyOrderElementsOf(options());
    }

    /** It does not choose its JVM, so it says besides that one may not know an option. */
    @Test
    void theDebianPackageStartsTheJvmAsTheDemonstrationDoes() throws IOException {
        List<String> expected = new ArrayList<>(options());
        expected.add("-XX:+IgnoreUnrecognizedVMOptions");

        assertThat(optionsIn("src/deb/vipkeeper.sh", line -> !line.startsWith("#")))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void withoutAnArchiveOfClassesNothingIsSaidOfOne() throws IOException {
        Path jar = Files.createFile(folder.resolve("quarkus-run.jar"));

        assertThat(new Packaged(jar).command("version"))
                .noneMatch(word -> word.startsWith(ARCHIVE) || word.contains("Relocation"))
                .endsWith("-jar", jar.toString(), "version");
    }

    @Test
    void theExecutableIsStartedWithItsArgumentsAlone() throws IOException {
        Path executable = Files.createFile(folder.resolve("vipkeeper-runner"));

        assertThat(new Packaged(executable).command("manifest", "pod"))
                .containsExactly(executable.toString(), "manifest", "pod");
    }

    private List<String> options() throws IOException {
        Files.createFile(folder.resolve("vipkeeper.jsa"));
        Path jar = Files.createFile(folder.resolve("quarkus-run.jar"));
        return new Packaged(jar)
                .command().stream()
                        .filter(word -> word.startsWith("-X"))
                        .map(PackagedTest::anywhere)
                        .toList();
    }

    private static List<String> optionsIn(String file, Predicate<String> line) throws IOException {
        String text = String.join(
                "\n", Files.readAllLines(Path.of(file)).stream().filter(line).toList());
        return OPTION.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(PackagedTest::anywhere)
                .toList();
    }

    /** The archive lies elsewhere in each of them. */
    private static String anywhere(String option) {
        return option.startsWith(ARCHIVE) ? ARCHIVE : option;
    }
}
