package io.vipkeeper.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

/** What is handed out for Prometheus and Grafana, as the tests want it. */
final class Queries {
    static final Path RULE = Path.of("k8s/prometheusrule.yaml");
    static final Path DASHBOARD = Path.of("k8s/dashboard.json");
    private static final JsonMapper YAML = new JsonMapper(new YAMLFactory());

    private Queries() {}

    static JsonNode yaml(Path file) throws IOException {
        return YAML.readTree(Files.readString(file));
    }

    /** As a file of rules is for a Prometheus without its operator. */
    static void writeRules(Path file) throws IOException {
        Files.writeString(file, YAML.writeValueAsString(yaml(RULE).get("spec")));
    }

    static List<JsonNode> alerts() throws IOException {
        List<JsonNode> alerts = new ArrayList<>();
        yaml(RULE).at("/spec/groups").forEach(group -> group.get("rules").forEach(alerts::add));
        return alerts;
    }

    /** Every query by where it stands, with the dashboard's variables replaced by values. */
    static Map<String, String> all() throws IOException {
        Map<String, String> queries = new LinkedHashMap<>(ofTheDashboard());
        alerts().forEach(alert ->
                queries.put(alert.get("alert").asText(), alert.get("expr").asText()));
        return queries;
    }

    static Map<String, String> ofTheDashboard() throws IOException {
        Map<String, String> queries = new LinkedHashMap<>();
        new JsonMapper().readTree(Files.readString(DASHBOARD)).get("panels").forEach(panel -> panel.get("targets")
                .forEach(target -> queries.put(
                        panel.get("title").asText() + " " + target.get("refId").asText(),
                        target.get("expr")
                                .asText()
                                .replace("$__rate_interval", "1m")
                                .replace("$job", "v"))));
        return queries;
    }
}
