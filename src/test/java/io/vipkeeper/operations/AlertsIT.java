package io.vipkeeper.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vipkeeper.e2e.Requirements;

import static org.assertj.core.api.Assertions.assertThat;

/** Prometheus' own tool on the rules and on the queries of the dashboard. */
class AlertsIT {
    private static final long LIMIT_SECONDS = 60;

    @TempDir
    private Path folder;

    @BeforeAll
    static void promtoolIsThere() {
        Requirements.program("promtool", "prometheus");
    }

    @Test
    void eachAlertFiresWhenItShouldAndNotOtherwise() throws Exception {
        // given
        Queries.writeRules(folder.resolve("rules.yaml"));
        Files.copy(Path.of("src/test/prometheus/alerts.yaml"), folder.resolve("alerts.yaml"));

        // when, then
        assertThat(promtool("check", "rules", "rules.yaml")).contains("SUCCESS");
        assertThat(promtool("test", "rules", "alerts.yaml")).contains("SUCCESS");
    }

    @Test
    void everyQueryOfTheDashboardIsOneThatPrometheusUnderstands() throws Exception {
        // given: each as a rule of its own, which is checked without any data
        ObjectNode rules = new JsonMapper().createObjectNode();
        ArrayNode recorded =
                rules.putArray("groups").addObject().put("name", "dashboard").putArray("rules");
        List<String> queries = List.copyOf(Queries.all().values());
        for (int i = 0; i < queries.size(); i++) {
            recorded.addObject().put("record", "query:" + i).put("expr", queries.get(i));
        }
        Files.writeString(folder.resolve("dashboard.yaml"), rules.toString());

        // when, then
        assertThat(promtool("check", "rules", "dashboard.yaml")).contains(queries.size() + " rules found");
    }

    private String promtool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(said);
        assertThat(ended).as(text).isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
