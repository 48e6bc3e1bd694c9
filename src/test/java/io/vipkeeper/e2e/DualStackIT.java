package io.vipkeeper.e2e;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.demo.lab.LabPlan;
import io.vipkeeper.demo.probe.Timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Both families move together. */
class DualStackIT extends EndToEnd {

    @Override
    LabPlan plan() {
        return new LabPlan(2, true);
    }

    @Override
    Map<String, String> environment() {
        return Map.of("vip_logformat", "json");
    }

    @Test
    void everyLineOfALogInJsonIsAnObjectWithTheSameKeys() throws Exception {
        // given
        LabNode holder = holder();

        // when
        List<String> lines = holder.logText().lines().toList();

        // then: the JVM's own warnings come before there is a logger
        assertThat(lines).anyMatch(line -> line.contains("became holder"));
        for (String line :
                lines.stream().filter(line -> !line.startsWith("WARNING: ")).toList()) {
            JsonNode object = new JsonMapper().readTree(line);
            assertThat(object.isObject()).as(line).isTrue();
            for (String key : List.of("timestamp", "level", "loggerName", "message", "threadName")) {
                assertThat(object.has(key)).as(key + " in " + line).isTrue();
            }
        }
    }

    @Test
    void aCleanStopMovesBothAddresses() {
        // given
        LabNode holder = holder();
        Timeline seen6 = cluster().probe().timeline6();
        await().atMost(START_LIMIT).until(() -> seen6.holder(System.nanoTime()).equals(Optional.of(holder.mac())));
        long began = System.nanoTime();

        // when
        holder.stop();

        // then
        LabNode successor = awaitSuccessorOf(holder, LEASE);
        await().atMost(LEASE)
                .until(() -> seen6.firstAnswer(successor.mac(), began).isPresent());
        watch(Duration.ofSeconds(1));
        long end = System.nanoTime();
        System.out.println("IPv6 client gap " + seen6.gapNanos(began, end) / 1_000_000 + " ms");
        assertThat(seen6.twoAnsweringNanos(began, end)).as(this::logs).isZero();
        assertThat(Duration.ofNanos(seen6.gapNanos(began, end))).as(this::logs).isLessThan(Duration.ofSeconds(1));
        assertThat(gap()).as(this::logs).isLessThan(Duration.ofSeconds(1));
    }
}
