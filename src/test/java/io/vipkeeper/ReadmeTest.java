package io.vipkeeper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import io.vipkeeper.config.Options;
import io.vipkeeper.keeper.KeeperStatus;
import io.vipkeeper.observe.KeeperView;
import io.vipkeeper.observe.Statuses;
import io.vipkeeper.observe.meters.MeterSource;
import io.vipkeeper.observe.meters.VipkeeperMeters;
import io.vipkeeper.vip.VirtualIp;

import static java.net.InetAddress.getByName;
import static org.assertj.core.api.Assertions.assertThat;

/** What the README says in tables is what the code does. */
@SuppressWarnings("deprecation") // The registry that Quarkus gives.
class ReadmeTest {
    /** A variable, or a field of the pod or of its container. */
    private static final Pattern MANIFEST_LINE = Pattern.compile("(?m)^(?: {4}- name: | {2}| {4})([A-Za-z_]+)(?=:|$)");

    /** What any manifest has. */
    private static final Set<String> FRAME = Set.of("containers", "env", "labels", "name", "namespace", "operator");

    private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| `([a-z_]+)`[^|]*\\| ([a-z]+) \\|");

    @Test
    void theTableOfOptionsIsTheProgramsOwn() throws IOException {
        assertThat(section("options").strip()).isEqualTo(Options.markdown().strip());
    }

    @Test
    void theTableOfMetricsNamesEveryMeterWithItsTypeAndNoOther() throws IOException {
        // given
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        List<VirtualIp> vips = List.of(VirtualIp.host(getByName("192.0.2.10")));
        VipkeeperMeters meters = new VipkeeperMeters(
                registry, new VipkeeperMeters.Identity("cp-1", "lease", "1"), vips, new KeeperView(), MeterSource.NONE);
        // A candidate has series of its own once it is known.
        meters.turned(Statuses.with(
                Statuses.holder(0),
                new KeeperStatus.Fast(
                        List.of(), false, true, "", Map.of("cp-2", new KeeperStatus.PeerStatus(true, true, 100, 0))),
                0));

        // when
        Set<String> documented = new TreeSet<>();
        Matcher row = FIRST_CELL.matcher(section("metrics"));
        while (row.find()) {
            documented.add(row.group(2) + " " + row.group(1));
        }

        // then: a histogram's greatest value is a gauge of its own
        Set<String> registered = registry.scrape()
                .lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" "))
                .map(words -> words[3] + " " + words[2])
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented).isEqualTo(registered);
    }

    @Test
    void theTableOfTheManifestExplainsEveryVariableAndField() throws IOException {
        // given
        String explained = section("manifest");
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
        return Files.readString(Path.of("README.md"));
    }
}
