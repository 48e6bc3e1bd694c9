package io.vipkeeper.e2e;

import java.time.Duration;
import java.util.Optional;

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
