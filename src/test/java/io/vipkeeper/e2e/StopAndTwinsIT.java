package io.vipkeeper.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.vipkeeper.demo.lab.LabNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Clean stops with and without an API server that answers, and two processes of one name. */
class StopAndTwinsIT extends EndToEnd {
    private static final Duration ANSWERING_LIMIT = Duration.ofSeconds(1);
    private static final Duration SILENT_LIMIT = Duration.ofMillis(2500);

    @Test
    void aStopEndsWithZeroAndTheSuccessorIsThereAtOnce() {
        // given
        LabNode holder = holder();

        // when
        long asked = System.nanoTime();
        holder.stop();

        // then
        assertThat(holder.awaitEnd(ANSWERING_LIMIT)).as(this::logs).isTrue();
        System.out.printf("stop with an answering API server took %d ms%n", millisSince(asked));
        assertThat(holder.exitCode()).contains(0);
        assertThat(holder.hasVip()).isFalse();
        awaitSuccessorOf(holder, Duration.ofSeconds(2));
    }

    @Test
    void aStopIsNotHeldUpByASilentApiServer() {
        // given
        LabNode holder = holder();
        api().freeze(holder);

        // when
        long asked = System.nanoTime();
        holder.stop();
        boolean ended = holder.awaitEnd(SILENT_LIMIT);
        long took = millisSince(asked);
        api().resume(holder);

        // then
        System.out.printf("stop with a silent API server took %d ms%n", took);
        assertThat(ended).as(this::logs).isTrue();
        assertThat(holder.exitCode()).contains(0);
        assertThat(holder.hasVip()).isFalse();
    }

    @Test
    void aSecondProcessOfTheHoldersNameOnItsNodeSaysSoAndBindsNothing() throws Exception {
        // given
        LabNode holder = holder();
        Map<String, String> environment = new HashMap<>(cluster().program().environment(holder));
        environment.put("prometheus_server", ":2113");

        // when
        Process twin = holder.startBeside("twin", cluster().program().command(holder), environment);
        watch(LEASE.multipliedBy(2));
        twin.destroy();

        // then: it ends cleanly, and the holder never noticed
        assertThat(twin.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(twin.exitValue()).isZero();
        assertThat(twinLog(holder))
                .contains("another process uses this identity")
                .doesNotContain("became holder");
        assertThat(holder()).isEqualTo(holder);
        assertThat(gap()).isLessThan(Duration.ofMillis(200));
    }

    @Test
    void aMachineWithTheHoldersNameSaysSoAndDoesNotHoldBesideIt() throws Exception {
        // given
        LabNode holder = holder();
        LabNode other = otherThan(holder);
        other.stop();
        assertThat(other.awaitEnd(SILENT_LIMIT)).isTrue();
        Map<String, String> environment = new HashMap<>(cluster().program().environment(other));
        environment.put("vip_nodename", holder.name());
        // The two that are left hold by the plain rules, so the twin's key in the holder's place ends no promise.
        watch(LEASE);

        // when
        Process twin = other.startBeside("twin", cluster().program().command(other), environment);
        watch(LEASE.multipliedBy(2));
        twin.destroy();

        // then
        assertThat(twin.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(twinLog(other))
                .contains("another process uses this identity")
                .doesNotContain("became holder");
        assertThat(holder()).isEqualTo(holder);
    }

    private static String twinLog(LabNode node) throws IOException {
        Path log = node.log().resolveSibling(node.name() + "-twin.log");
        return Files.readString(log);
    }

    private static long millisSince(long began) {
        return (System.nanoTime() - began) / 1_000_000;
    }
}
