package io.vipkeeper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import io.vipkeeper.config.Options;
import io.vipkeeper.observe.meters.Metric;

import static org.assertj.core.api.Assertions.assertThat;

/** What the README says in tables is what the code does. */
class ReadmeTest {
    @Test
    void theTableOfOptionsIsTheProgramsOwn() throws IOException {
        Readme.holds("options", Options.markdown());
    }

    @Test
    void theTableOfMetricsIsTheCatalogue() throws IOException {
        Readme.holds("metrics", Metric.markdown());
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
