package io.vipkeeper.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vipkeeper.keeper.KeeperStatus;

import static org.assertj.core.api.Assertions.assertThat;

class ServiceReportTest {
    private final KeeperView view = new KeeperView();
    private final AtomicReference<KeeperStatus> status = new AtomicReference<>();
    private final List<String> told = new ArrayList<>();
    private boolean taken = true;
    private long now;
    private final ServiceReport report = new ServiceReport(this::take, view);

    private boolean take(String message) {
        if (taken) {
            told.add(message);
        }
        return taken;
    }

    @BeforeEach
    void run() {
        view.show(status::get, () -> now, () -> 0);
        status.set(Statuses.follower(true, now));
    }

    @Test
    void saysOnceThatItIsReadyAndAgainAndAgainThatItLives() {
        // when
        report.turn();
        report.turn();
        report.turn();

        // then
        assertThat(told).containsExactly("READY=1\nWATCHDOG=1\nSTATUS=follows node-b", "WATCHDOG=1", "WATCHDOG=1");
    }

    @Test
    void tellsTheStatusWhenItChanges() {
        // given
        report.turn();

        // when
        status.set(Statuses.holder(now));
        report.turn();
        report.turn();

        // then
        assertThat(told).endsWith("WATCHDOG=1\nSTATUS=holds 192.0.2.10/32", "WATCHDOG=1");
    }

    @Test
    void isSilentWhileThePipelineStandsStill() {
        // given
        report.turn();

        // when
        now += Liveness.LONGEST_STILL.toNanos();
        report.turn();

        // then
        assertThat(told).hasSize(1);

        // when it turns again
        status.set(Statuses.follower(true, now));
        report.turn();

        // then
        assertThat(told).hasSize(2);
    }

    @Test
    void repeatsThatItIsReadyUntilThatIsTaken() {
        // given
        taken = false;
        report.turn();

        // when
        taken = true;
        report.turn();

        // then
        assertThat(told).singleElement().asString().startsWith("READY=1\n").contains("STATUS=");
    }

    @Test
    void theEndIsTheLastThingThatIsTold() {
        // given
        report.turn();

        // when
        report.stop();
        report.turn();

        // then
        assertThat(told).hasSize(2).last().asString().startsWith("STOPPING=1\n");
    }
}
