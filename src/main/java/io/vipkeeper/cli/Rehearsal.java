package io.vipkeeper.cli;

import java.time.Duration;

import io.vipkeeper.keeper.Drill;
import io.vipkeeper.keeper.KeeperSettings;
import io.vipkeeper.kubernetes.KubernetesLeaseStore;
import io.vipkeeper.kubernetes.ThreadSource;
import io.vipkeeper.pipeline.KeeperPipeline;

/**
 * Walks the path of a takeover, without an effect, as often as the JVM wants to have seen it before it compiles it. A
 * follower does nothing of the kind until it counts, and interpreted it takes several times as long. Beside the first
 * seconds of the campaign, and of the rehearsal for the class archive.
 */
final class Rehearsal {
    private static final int DRILLS = 5;
    private static final int BINDS = 40;
    private static final int WRITES = 25;

    /** So that nothing real waits behind one for long. */
    private static final Duration PAUSE = Duration.ofMillis(10);

    private static final Duration UNTIL_THERE_IS_A_LEASE = Duration.ofMillis(500);
    private static final int PATIENCE = 200;

    private Rehearsal() {}

    /** Returns at once. */
    static void begin(KeeperSettings settings, KeeperPipeline pipeline, KubernetesLeaseStore store) {
        background("drill", () -> {
            for (int i = 0; i < DRILLS; i++) {
                Drill.play(settings);
            }
        });
        background("bind-drill", () -> {
            for (int i = 0; i < BINDS; i++) {
                pipeline.rehearse();
                ThreadSource.sleep(PAUSE);
            }
        });
        background("write-drill", () -> {
            int written = 0;
            for (int i = 0; i < PATIENCE && written < WRITES; i++) {
                boolean walked = store.rehearse();
                written += walked ? 1 : 0;
                ThreadSource.sleep(walked ? PAUSE : UNTIL_THERE_IS_A_LEASE);
            }
        });
    }

    static void background(String name, Runnable task) {
        Thread thread = Thread.ofPlatform().daemon().name(name).unstarted(task);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }
}
