package io.vipkeeper.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import io.quarkus.runtime.QuarkusApplication;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;

import io.vipkeeper.config.VipkeeperConfig;
import io.vipkeeper.observe.HealthzListener;
import io.vipkeeper.observe.KeeperView;

/** The daemon inside Quarkus: where everything is put together. */
public final class Manager implements QuarkusApplication {
    private static final Logger LOG = Logger.getLogger(Manager.class);

    /** Quarkus makes this object by itself, so the configuration waits here for it. */
    private static final AtomicReference<VipkeeperConfig> CONFIG = new AtomicReference<>();

    @Inject
    KeeperView view;

    @Inject
    Vertx vertx;

    static void configure(VipkeeperConfig config) {
        CONFIG.set(config);
    }

    @Override
    public int run(String... args) {
        return run(CONFIG.get());
    }

    /** Runs until the process is asked to end. */
    private int run(VipkeeperConfig config) {
        config.http().healthCheckPort().ifPresent(port -> new HealthzListener(vertx, view)
                .listen(
                        port,
                        listening -> LOG.debugf("healthz answers port=%d", listening),
                        refusal -> LOG.errorf("healthz cannot listen port=%d reason=%s", port, refusal)));
        Termination termination = Termination.awaited();
        LOG.infof(
                "started version=%s node=%s vips=%s startMillis=%d",
                VersionCommand.version(), config.nodeName(), config.address().vips(), millisSinceStart());
        termination.await();
        return 0;
    }

    private static long millisSinceStart() {
        Instant now = Instant.now();
        Instant start = ProcessHandle.current().info().startInstant().orElse(now);
        return Duration.between(start, now).toMillis();
    }
}
