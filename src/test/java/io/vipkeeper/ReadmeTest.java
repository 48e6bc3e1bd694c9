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
    private static final Path README = Path.of("README.md");

    @Test
    void theTableOfOptionsIsTheProgramsOwn() throws IOException {
        holds("options", Options.markdown());
    }

    @Test
    void theTableOfMetricsIsTheCatalogue() throws IOException {
        holds("metrics", Metric.markdown());
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        // given
        Matcher named = Pattern.compile("`([A-Z][A-Za-z]+(?:Test|IT))(?:\\.([a-z][A-Za-z0-9]+))?`")
                .matcher(readme());

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

    /** With {@code -Dreadme.write} what the code says is written instead of compared. */
    private static void holds(String section, String generated) throws IOException {
        String wanted = "\n" + generated.strip() + "\n";
        if (Boolean.getBoolean("readme.write")) {
            String marker = "<!-- " + section + " -->";
            String before = readme().split(Pattern.quote(marker))[0];
            Files.writeString(
                    README,
                    before
                            + marker
                            + wanted
                            + readme().substring(before.length()
                                    + marker.length()
                                    + section(section).length()));
        }
        assertThat(section(section)).isEqualTo(wanted);
    }

    private static List<Path> sources() throws IOException {
        try (var files = Files.walk(Path.of("src/test/java"))) {
            return files.toList();
        }
    }

    /** What stands between the marker and its end. */
    private static String section(String name) throws IOException {
        String[] parts = readme().split("<!-- /?" + name + " -->");
        assertThat(parts).as("the markers of %s", name).hasSize(3);
        return parts[1];
    }

    private static String readme() throws IOException {
        return Files.readString(README);
    }
}
