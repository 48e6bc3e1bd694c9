package io.vipkeeper.e2e;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.vipkeeper.demo.Cluster;
import io.vipkeeper.demo.lab.LabNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** How soon the first node of a cluster answers for the address after its API server answers anything. */
class BootstrapTimeIT extends EndToEnd {
    private static final int RUNS = Integer.getInteger("vipkeeper.e2e.bootstraps", 3);

    /** Nobody may have answered for seven seconds since the process began to campaign. */
    private static final Duration QUIET = Duration.ofSeconds(8);

    /** The aim is 300 ms; the README has what was measured. This notices what gets worse, on a busy machine too. */
    private static final Duration LIMIT = Duration.ofMillis(400);

    @Override
    Cluster.ApiKind apiKind() {
        return Cluster.ApiKind.BARE;
    }

    @Test
    void theAddressAnswersSoonAfterTheApiServerOfAProcessThatWasThereBefore() throws IOException {
        // given
        LabNode first = cluster().nodes().getFirst();
        api().admit(first, "nobody");
        List<Long> millis = new ArrayList<>();

        // when
        for (int run = 0; run < RUNS; run++) {
            millis.add(boot(first).toMillis());
        }

        // then: half of them, since a machine that starts an API server has little time for anything else
        System.out.println("the address answers so many ms after the API server: " + millis);
        long median = millis.stream().sorted().skip(RUNS / 2).findFirst().orElseThrow();
        assertThat(Duration.ofMillis(median)).as(this::logs).isLessThan(LIMIT);
    }

    private Duration boot(LabNode first) throws IOException {
        long campaigns = campaigns(first);
        first.start();
        await().atMost(START_LIMIT).until(() -> campaigns(first) > campaigns);
        watch(QUIET);
        long began = System.nanoTime();
        api().start(first);
        long answered = FirstAnswer.of(first);
        assertThat(cluster().probe().awaitHolder(START_LIMIT)).as(this::logs).contains(first);
        long vip = cluster().probe().timeline().firstAnswer(first.mac(), began).orElseThrow();
        first.stop();
        assertThat(first.awaitEnd(START_LIMIT)).isTrue();
        api().kill(first);
        return Duration.ofNanos(vip - answered);
    }

    private static long campaigns(LabNode node) {
        return node.logText()
                .lines()
                .filter(line -> line.contains("campaigning"))
                .count();
    }
}
