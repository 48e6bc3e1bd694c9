package io.vipkeeper.kubernetes;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which API server the next request goes to: the configured one, which mostly is this node's own, or another control
 * plane's while that is ill. Safe for any thread; waits for nothing.
 *
 * <p>To the election they are all the same: a read is a quorum read, and a write names the version that it replaces,
 * wherever the one before went and whatever became of it.
 */
final class ApiServers {
    /** More would only be a fault. */
    private static final int MOST = 8;

    /** How many probes have to fail in a row; one request is enough. */
    private static final int FAILURES = 2;

    private static final Duration FIRST_CHECK = Duration.ofSeconds(1);
    private static final Duration OTHER_CHECK = Duration.ofSeconds(5);

    /** How long the first one has to be well before it is used again; doubled each time that this was too soon. */
    private static final Duration RECOVERY = Duration.ofSeconds(1);

    private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(80);
    private static final Duration RELAPSE = Duration.ofSeconds(30);

    private final LongSupplier clock;
    private final Map<ApiServer, Health> healths = new HashMap<>();
    private ApiServer first;
    private ApiServer used;
    private List<ApiServer> others = List.of();
    private Duration recovery = RECOVERY;
    private long returnedNanos;
    private boolean hasReturned;

    /** There is nowhere else to go with these credentials. */
    private boolean tied;

    /** What an exchange says of the server that it was with. */
    enum Evidence {
        WELL,
        /** A short question has no good answer; that may be chance. */
        PROBE_FAILED,
        REQUEST_FAILED
    }

    /** Requests go elsewhere from now on. */
    record Move(ApiServer from, ApiServer to, boolean back) {}

    private static final class Health {
        private boolean heard;
        private long heardNanos;
        private long wellSinceNanos;
        private int failures;

        void note(Evidence evidence, long now) {
            boolean was = heard && failures == 0;
            heard = true;
            heardNanos = now;
            switch (evidence) {
                case WELL -> failures = 0;
                case PROBE_FAILED -> failures++;
                case REQUEST_FAILED -> failures = Math.max(failures + 1, FAILURES);
            }
            if (failures == 0 && !was) {
                wellSinceNanos = now;
            }
        }

        boolean isIll() {
            return failures >= FAILURES;
        }

        boolean isWell() {
            return heard && failures == 0;
        }
    }

    /** @param clock nanoseconds, monotonic */
    ApiServers(LongSupplier clock) {
        this.clock = clock;
    }

    /** @param configured where the files lead to, and with which credentials */
    synchronized Access.Ready choose(Access.Ready configured) {
        if (!configured.server().equals(first)) {
            first = configured.server();
            used = first;
        }
        tied = !mayLeave(configured);
        if (tied) {
            used = first;
        }
        return used.equals(first) ? configured : configured.at(used);
    }

    /** Credentials are shown to nobody else unless he can prove, by the cluster's authority, that he is one of its servers. */
    private static boolean mayLeave(Access.Ready configured) {
        Access.Credentials own = configured.credentials();
        return configured.server().tls()
                && !own.insecure()
                && !own.authorities().isEmpty();
    }

    /** @param now those of the other control planes, in the order in which they are to be tried */
    synchronized Optional<Move> know(List<ApiServer> now) {
        others =
                now.stream().filter(server -> !server.equals(first)).limit(MOST).toList();
        healths.keySet().retainAll(all().toList());
        return settled(before -> before.equals(first) || others.contains(before));
    }

    /** What became of an exchange with this server. */
    synchronized Optional<Move> report(ApiServer server, Evidence evidence) {
        if (all().anyMatch(server::equals)) {
            health(server).note(evidence, clock.getAsLong());
        }
        return settled(before -> true);
    }

    /** Those of which nothing was heard for long enough to ask; none while there is no choice. */
    synchronized List<ApiServer> due() {
        long now = clock.getAsLong();
        return others.isEmpty() || tied
                ? List.of()
                : all().filter(server -> isDue(server, now)).toList();
    }

    /** Whether requests go to the first one. */
    synchronized boolean atHome() {
        return first == null || used.equals(first);
    }

    private Stream<ApiServer> all() {
        return Stream.concat(Stream.ofNullable(first), others.stream());
    }

    private Health health(ApiServer server) {
        return healths.computeIfAbsent(server, unknown -> new Health());
    }

    private boolean isDue(ApiServer server, long now) {
        Health health = health(server);
        boolean often =
                server.equals(first) || server.equals(used) || health(used).isIll();
        return !health.heard || now - health.heardNanos >= (often ? FIRST_CHECK : OTHER_CHECK).toNanos();
    }

    private Optional<Move> settled(Predicate<ApiServer> stillThere) {
        if (first == null || tied) {
            return Optional.empty();
        }
        ApiServer before = used;
        if (!stillThere.test(before)) {
            used = first;
        }
        if (health(used).isIll()) {
            used = better(Health::isWell)
                    .or(() -> better(health -> !health.heard))
                    .orElse(used);
        } else if (!used.equals(first) && hasRecovered()) {
            used = first;
        }
        if (used.equals(before)) {
            return Optional.empty();
        }
        Move move = new Move(before, used, used.equals(first));
        note(move);
        return Optional.of(move);
    }

    private Optional<ApiServer> better(Predicate<Health> state) {
        return all().filter(server -> !server.equals(used))
                .filter(server -> state.test(health(server)))
                .findFirst();
    }

    private boolean hasRecovered() {
        Health own = health(first);
        return own.isWell() && own.heardNanos - own.wellSinceNanos >= recovery.toNanos();
    }

    /** A server that answers probes and fails requests must not be returned to every second. */
    private void note(Move move) {
        long now = clock.getAsLong();
        if (move.back()) {
            hasReturned = true;
            returnedNanos = now;
        } else if (move.from().equals(first)) {
            boolean relapse = hasReturned && now - returnedNanos < RELAPSE.toNanos();
            recovery = relapse ? WatchPace.doubled(recovery, LONGEST_RECOVERY) : RECOVERY;
        }
    }
}
