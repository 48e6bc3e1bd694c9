package io.vipkeeper.observe;

import java.time.Duration;

import jakarta.inject.Singleton;

/**
 * Whether the pipeline turns. Never whether the API server answers: a restart would cure nothing then, and a standby
 * without an API server is what bootstrap looks like.
 */
@Singleton
public final class Liveness {

    /** The pipeline ticks far more often; after this long without a step it hangs. */
    static final Duration LONGEST_STILL = Duration.ofSeconds(5);

    private final KeeperView view;

    public Liveness(KeeperView view) {
        this.view = view;
    }

    /** How long the pipeline has made no step; zero while there is none yet. */
    public Duration still() {
        return view.running()
                .map(running -> Duration.ofNanos(running.stillNanos()))
                .orElse(Duration.ZERO);
    }

    public boolean isLive() {
        return still().compareTo(LONGEST_STILL) < 0;
    }
}
