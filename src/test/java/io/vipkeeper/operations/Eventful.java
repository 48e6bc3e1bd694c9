package io.vipkeeper.operations;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;

import io.vipkeeper.grant.GrantRules;
import io.vipkeeper.grant.Pace;
import io.vipkeeper.keeper.KeeperStatus;
import io.vipkeeper.keeper.KeeperStatus.Fast;
import io.vipkeeper.keeper.KeeperStatus.PeerStatus;
import io.vipkeeper.keeper.Observation;
import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.LossReason;
import io.vipkeeper.lease.RequestKind;
import io.vipkeeper.lease.Timing;
import io.vipkeeper.observe.KeeperView;
import io.vipkeeper.observe.Statuses;
import io.vipkeeper.observe.meters.MeterSource;
import io.vipkeeper.observe.meters.VipkeeperMeters;
import io.vipkeeper.observe.moves.Stage;
import io.vipkeeper.vip.NoFence;

/** The program's meters on a node to which everything happens. */
@SuppressWarnings("deprecation") // The registry that Quarkus gives.
final class Eventful {
    private static final String SERVER = "https://127.0.0.1:6443";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicLong frames = new AtomicLong();
    private final VipkeeperMeters meters;

    Eventful() {
        KeeperView view = new KeeperView();
        meters = new VipkeeperMeters(
                registry,
                new VipkeeperMeters.Identity("n1", "plndr-cp-lock", "0.1.0"),
                List.of(Statuses.VIP),
                new VipkeeperMeters.Chosen(Timing.ofSeconds(5, 3, 1), Optional.of(new GrantRules(Pace.DEFAULT))),
                view,
                new Source());
        KeeperStatus status = Statuses.with(
                Statuses.status(KeeperStatus.Role.HOLDER, true, false, false, 0),
                new Fast(List.of("n1", "n2"), true, true, "", Map.of("n2", new PeerStatus(true, true, 100, 0))),
                1_000_000);
        view.show(() -> status, () -> 0, () -> 3_000_000);
        meters.turned(status);
    }

    synchronized void happen() {
        frames.incrementAndGet();
        List.of(
                        new Observation.BecameHolder(
                                "n2", 1, 5_000_000, Observation.Path.EARLY, 250_000_000, 3_000_000),
                        new Observation.Renewed(4_000_000),
                        new Observation.RequestFailed(RequestKind.RENEW, ApiFailure.TIMEOUT, ""),
                        new Observation.ConflictMet(RequestKind.RENEW),
                        new Observation.VipBound(Statuses.VIP, true),
                        new Observation.VipUnbound(Statuses.VIP, true),
                        new Observation.KernelRefused(Statuses.VIP, ""),
                        new Observation.ForeignClaim(Statuses.VIP, "02:00:5e:10:00:99"),
                        new Observation.LostHolding(LossReason.MAJORITY))
                .forEach(observation -> meters.observed(observation, 0));
        for (Stage stage : Stage.values()) {
            meters.took(stage, 2_000_000);
        }
        meters.asked(SERVER, 200, 3_000_000);
        meters.asked(SERVER, 0, 975_000_000);
        meters.timed(new NoFence()).admit(Statuses.VIP, 1);
    }

    String page() {
        return registry.scrape();
    }

    private final class Source implements MeterSource {
        @Override
        public Endpoint apiServerUsed() {
            return Endpoint.LOCAL;
        }

        @Override
        public String possibleFence() {
            return "nftables";
        }

        @Override
        public long datagrams(Datagrams outcome) {
            return frames.get();
        }

        @Override
        public long refusedCandidates() {
            return 0;
        }

        @Override
        public long frames(Frames form, boolean sent) {
            return frames.get();
        }

        @Override
        public Optional<Instant> certificateEnds(Certificate whose) {
            return Optional.of(Instant.parse("2030-01-01T00:00:00Z"));
        }
    }
}
