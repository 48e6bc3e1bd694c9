package io.vipkeeper.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import io.vipkeeper.Readme;
import io.vipkeeper.observe.meters.Metric;

import static org.assertj.core.api.Assertions.assertThat;

/** Every query of the rules and of the dashboard asks for what the program has. */
class QueriesTest {
    private static final Pattern NAME = Pattern.compile("\\b(?:kube_vip|vipkeeper)_[a-z_]+\\b");
    private static final Pattern SELECTED = Pattern.compile("\\b([a-z_]+)(?:=~|!=|=)\"");
    private static final Pattern GROUPED = Pattern.compile("\\b(?:by|on) \\(([^)]*)\\)");

    /** What Prometheus adds by itself. */
    private static final Set<String> OF_THE_TARGET = Set.of("job", "instance", "le");

    @Test
    void everyQueryNamesOnlyMetricsOfTheCatalogue() throws IOException {
        // given
        Map<String, Metric> series = series();

        // when, then
        Queries.all().forEach((where, query) -> {
            List<String> names = found(NAME, query);
            assertThat(names).as(where).isNotEmpty();
            assertThat(series.keySet()).as(where).containsAll(names);
        });
    }

    @Test
    void everyLabelInAQueryIsOneOfItsMetrics() throws IOException {
        Map<String, Metric> series = series();
        Queries.all().forEach((where, query) -> {
            Set<String> known = new TreeSet<>(OF_THE_TARGET);
            found(NAME, query).forEach(name -> known.addAll(series.get(name).labels()));
            Set<String> used = new TreeSet<>(found(SELECTED, query));
            found(GROUPED, query).forEach(labels -> used.addAll(List.of(labels.split(", *"))));
            assertThat(known).as(where).containsAll(used);
        });
    }

    @Test
    void noLabelOfTheCatalogueIsOneThatAScraperSets() {
        for (Metric metric : Metric.values()) {
            assertThat(metric.labels())
                    .as(metric.exposed())
                    .doesNotContain("job", "instance", "endpoint", "pod", "container", "namespace", "le");
        }
    }

    @Test
    void everyAlertSaysHowBadItIsAndWhatToDoAndHasItsTest() throws IOException {
        String tests = Files.readString(Path.of("src/test/prometheus/alerts.yaml"));
        List<JsonNode> alerts = Queries.alerts();

        assertThat(alerts).hasSizeGreaterThanOrEqualTo(8);
        for (JsonNode alert : alerts) {
            String name = alert.get("alert").asText();
            assertThat(alert.at("/labels/severity").asText()).as(name).isIn("critical", "warning", "info");
            assertThat(alert.at("/annotations/summary").asText()).as(name).isNotBlank();
            assertThat(alert.at("/annotations/description").asText()).as(name).isNotBlank();
            assertThat(tests).as(name).contains("{alertname: " + name + ",").contains("- alertname: " + name + "\n");
        }
    }

    @Test
    void theTableOfAlertsIsTheRules() throws IOException {
        StringBuilder table = new StringBuilder("| alert | severity | fires after | when |\n|---|---|---|---|\n");
        for (JsonNode alert : Queries.alerts()) {
            table.append("| `%s` | %s | %s | `%s` |%n"
                    .formatted(
                            alert.get("alert").asText(),
                            alert.at("/labels/severity").asText(),
                            alert.path("for").asText("0s"),
                            alert.get("expr").asText()));
        }
        Readme.holds("alerts", table.toString());
    }

    @Test
    void thePodMonitorFindsThePodsOfTheManifestsOnTheirPort() throws IOException {
        // given
        JsonNode monitor = Queries.yaml(Path.of("k8s/podmonitor.yaml"));
        JsonNode wanted = monitor.at("/spec/selector/matchLabels");

        // then
        for (String pods : List.of("static-pod.yaml", "daemonset.yaml")) {
            JsonNode object = Queries.yaml(Path.of("k8s/" + pods));
            JsonNode pod = pods.equals("daemonset.yaml") ? object.at("/spec/template") : object;
            wanted.properties()
                    .forEach(label -> assertThat(pod.at("/metadata/labels").get(label.getKey()))
                            .as(pods)
                            .isEqualTo(label.getValue()));
            assertThat(object.at("/metadata/namespace")).as(pods).isEqualTo(monitor.at("/metadata/namespace"));
            assertThat(pod.toString()).as(pods).contains("\"name\":\"prometheus_server\",\"value\":\":2112\"");
        }
        assertThat(monitor.toString()).contains(":2112").contains("\"path\":\"/metrics\"");
    }

    /** What a query may name, and whose that is. */
    private static Map<String, Metric> series() {
        Map<String, Metric> series = new HashMap<>();
        for (Metric metric : Metric.values()) {
            Stream<String> parts = metric.type() == Metric.Type.HISTOGRAM
                    ? Stream.of("_bucket", "_count", "_sum", "_max")
                    : Stream.of("");
            parts.forEach(part -> series.put(metric.exposed() + part, metric));
        }
        return series;
    }

    private static List<String> found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.results()
                .map(result -> result.groupCount() == 0 ? result.group() : result.group(1))
                .toList();
    }
}
