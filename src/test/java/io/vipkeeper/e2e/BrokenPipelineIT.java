package io.vipkeeper.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vipkeeper.demo.Packaged;
import io.vipkeeper.demo.lab.LabNode;
import io.vipkeeper.e2e.fault.InjectedFault;
import io.vipkeeper.keeper.Keeper;
import io.vipkeeper.kubernetes.KubernetesLeaseStore;
import io.vipkeeper.observe.moves.FlightRecorder;

import static org.assertj.core.api.Assertions.assertThat;

/** A defect in the program that holds: it says what it was doing, takes the address off, and ends with a code of its own. */
class BrokenPipelineIT extends EndToEnd {
    private static final Duration END_LIMIT = Duration.ofSeconds(5);
    private static final int BROKEN = 3;

    @TempDir
    Path folder;

    /** Only a JVM can be given a defect while it runs. */
    @BeforeAll
    static void requireJvm() {
        Assumptions.assumeTrue(Packaged.find().isJar());
    }

    @Test
    void aStepThatThrowsEndsTheProcessWithThree() throws IOException {
        assertThat(logAfter(Keeper.class, "step")).contains("stage=step", "event=\"", "state=\"KeeperState[");
    }

    @Test
    void anActionThatThrowsEndsTheProcessWithThree() throws IOException {
        assertThat(logAfter(KubernetesLeaseStore.class, "replace")).contains("stage=action", "during=\"Replace[");
    }

    @Test
    void anObserverThatThrowsEndsTheProcessWithThree() throws IOException {
        assertThat(logAfter(FlightRecorder.class, "observed")).contains("stage=observer");
    }

    private String logAfter(Class<?> type, String method) throws IOException {
        // given
        LabNode holder = holder();

        // when
        InjectedFault.inject(holder.processes().getFirst(), type, method, folder);

        // then
        assertThat(holder.awaitEnd(END_LIMIT)).as(this::logs).isTrue();
        assertThat(holder.exitCode()).contains(BROKEN);
        assertThat(holder.hasVip()).isFalse();
        awaitSuccessorOf(holder, WITHOUT_HOLDER);
        String log = holder.logText();
        assertThat(log).containsOnlyOnce("pipeline failed").contains(InjectedFault.MESSAGE);
        return log;
    }
}
