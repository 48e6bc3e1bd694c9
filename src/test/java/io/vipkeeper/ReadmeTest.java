package io.vipkeeper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import io.vipkeeper.config.Options;
import io.vipkeeper.observe.meters.Metric;

import static org.assertj.core.api.Assertions.assertThat;

/** What the README says in tables is what the code does. */
class ReadmeTest {
    /** A variable, or a field of the pod or of its container. */
    private static final Pattern MANIFEST_LINE = Pattern.compile("(?m)^(?: {4}- name: | {2}| {4})([A-Za-z_]+)(?=:|$)");

    /** What any manifest has. */
    private static final Set<String> FRAME = Set.of("containers", "env", "labels", "name", "namespace", "operator");

    @Test
    void theTableOfOptionsIsTheProgramsOwn() throws IOException {
        Readme.holds("options", Options.markdown());
    }

    @Test
    void theTableOfMetricsIsTheCatalogue() throws IOException {
        Readme.holds("metrics", Metric.markdown());
    }

    @Test
    void theTableOfTheManifestExplainsEveryVariableAndField() throws IOException {
        // given
        String explained = Readme.section("manifest");
        Matcher line = MANIFEST_LINE.matcher(Files.readString(Path.of("k8s/static-pod.yaml")));

        // when, then
        int lines = 0;
        while (line.find()) {
            if (!FRAME.contains(line.group(1))) {
                assertThat(explained).contains("`" + line.group(1) + "`");
                lines++;
            }
        }
        assertThat(lines).isGreaterThan(20);
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        // given
        Matcher named = Pattern.compile("`([A-Z][A-Za-z]+(?:Test|IT))(?:\\.([a-z][A-Za-z0-9]+))?`")
                .matcher(Readme.text());

        // when, then
        while (named.find()) {
            List<Path> found = sources().stream()
                    .filter(path -> path.endsWith(named.group(1) + ".java"))
                    .toList();
            assertThat(found).as(named.group()).hasSize(1);
            if (named.group(2) != null) {
                assertThat(Files.readString(found.getFirst()))
                        .as(named.group())
                        .contains("void " + named.group(2) + "(");
            }
        }
    }

    private static List<Path> sources() throws IOException {
        try (var files = Files.walk(Path.of("src/test/java"))) {
            return files.toList();
        }
    }
}
