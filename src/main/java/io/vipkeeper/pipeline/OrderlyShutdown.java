package io.vipkeeper.pipeline;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jboss.logging.Logger;

import io.vipkeeper.keeper.KeeperEvent;

/** The way out: stop announcing, unbind, release, each in the core's order, and all of it within a bound of time. */
public final class OrderlyShutdown {
    private static final Logger LOG = Logger.getLogger(OrderlyShutdown.class);

    /** Of the second and a half that a stop may take when the API server does not answer. */
    private static final Duration PATIENCE = Duration.ofMillis(1200);

    private static final Duration LAST_CALL = Duration.ofMillis(100);

    private final KeeperPipeline pipeline;

    public OrderlyShutdown(KeeperPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /**
     * Gives everything back; blocks for at most 1.3 seconds. To be called once, from a thread of its own.
     *
     * @return whether everything was given back in time
     */
    public boolean run() {
        pipeline.tell(new KeeperEvent.Stop());
        boolean inTime = await(PATIENCE);
        if (!inTime) {
            LOG.warnf("stop took longer than %d ms: the Lease is left to expire", PATIENCE.toMillis());
            pipeline.unbindNow();
            await(LAST_CALL);
        }
        return inTime;
    }

    private boolean await(Duration patience) {
        try {
            pipeline.finished().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
