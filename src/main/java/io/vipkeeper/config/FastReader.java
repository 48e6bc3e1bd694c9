package io.vipkeeper.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.vipkeeper.config.VipkeeperConfig.Fast;
import io.vipkeeper.grant.Pace;

/** The options of the fast path. */
final class FastReader {
    private static final int LARGEST_PORT = 65_535;
    private static final int LARGEST_WEIGHT = 255;

    private final Settings settings;
    private final List<String> problems;

    FastReader(Settings settings, List<String> problems) {
        this.settings = settings;
        this.problems = problems;
    }

    /** Empty when it is off. */
    Optional<Fast> fast() {
        String mode = settings.text(Options.FAST);
        if (!mode.equals("auto") && !mode.equals("off")) {
            problems.add(settings.shown(Options.FAST) + " is neither auto nor off");
        }
        int port = settings.number(Options.PEER_PORT, 0, LARGEST_PORT);
        int weight = settings.number(Options.WEIGHT, 0, LARGEST_WEIGHT);
        Pace pace = pace();
        return mode.equals("off") ? Optional.empty() : Optional.of(new Fast(pace, port, weight));
    }

    private Pace pace() {
        int before = problems.size();
        Duration interval = Duration.ofMillis(settings.number(Options.FAST_INTERVAL, 1, 60_000));
        Duration grant = Duration.ofMillis(settings.number(Options.FAST_GRANT, 1, 60_000));
        if (problems.size() > before) {
            return Pace.DEFAULT;
        }
        List<String> together = Pace.problems(interval, grant);
        String typed = settings.shown(Options.FAST_INTERVAL) + ", " + settings.shown(Options.FAST_GRANT);
        together.forEach(problem -> problems.add(problem + " (" + typed + ")"));
        return together.isEmpty() ? new Pace(interval, grant) : Pace.DEFAULT;
    }
}
