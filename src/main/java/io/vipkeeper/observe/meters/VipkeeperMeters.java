package io.vipkeeper.observe.meters;

import java.time.Duration;
import java.util.List;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import io.vipkeeper.keeper.KeeperStatus;
import io.vipkeeper.keeper.Observation;
import io.vipkeeper.keeper.Observer;
import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.LossReason;
import io.vipkeeper.lease.RequestKind;
import io.vipkeeper.observe.KeeperView;
import io.vipkeeper.observe.moves.Stage;
import io.vipkeeper.vip.VirtualIp;

/**
 * The only class, with those of this package that it makes, with names of metrics. Every series exists from the start, so that a rate has a zero to count from;
 * no label takes its value from an
 * unauthenticated wire.
 */
public final class VipkeeperMeters implements Observer {
    private final MeterRegistry registry;
    private final Series series;
    private final MoveMeters moves;
    private final FastMeters fast;
    private final Timer renewals;
    private final Timer acquisitions;

    /**
     * @param identity what the series are labelled with
     * @param vips the addresses, each with its own series
     * @param source what the keeper does not know
     */
    public VipkeeperMeters(
            MeterRegistry registry, Identity identity, List<VirtualIp> vips, KeeperView view, MeterSource source) {
        this.registry = registry;
        this.series = new Series(registry, view);
        this.moves = new MoveMeters(registry);
        this.fast = new FastMeters(registry, series, source);
        this.renewals = series.timer("vipkeeper.lease.renew", "From before a renewal was sent until its answer");
        this.acquisitions =
                series.timer("vipkeeper.lease.acquire", "From before the winning request was sent until its answer");
        gauges(identity);
        vips.forEach(this::prepare);
        prepare();
    }

    /** How long a stage of a move took. */
    public void took(Stage stage, long nanos) {
        moves.took(stage, nanos);
    }

    /** Candidates come and go, and their series with them. */
    @Override
    public void turned(KeeperStatus status) {
        fast.turned(status);
    }

    @Override
    public void observed(Observation observation, long atNanos) {
        switch (observation) {
            case Observation.BecameHolder held -> {
                acquisitions.record(Duration.ofNanos(held.elapsedNanos()));
                transitions("holder", "ACQUIRED").increment();
                moves.moved(held.path());
            }
            case Observation.LostHolding lost ->
                transitions("follower", lost.reason().name()).increment();
            case Observation.Renewed renewed -> renewals.record(Duration.ofNanos(renewed.elapsedNanos()));
            case Observation.RequestFailed failed ->
                failures(failed.request(), failed.cause()).increment();
            case Observation.ConflictMet conflict ->
                conflicts(conflict.request()).increment();
            case Observation.TwinSeen twin -> plain("vipkeeper.twins").increment();
            case Observation.AbsurdLease absurd ->
                plain("vipkeeper.lease.absurd.values").increment();
            case Observation.VipBound bound -> {
                if (bound.again()) {
                    ofVip("vipkeeper.vip.readded", bound.vip()).increment();
                }
            }
            case Observation.VipUnbound unbound -> {
                if (unbound.stale()) {
                    ofVip("vipkeeper.vip.stale.removed", unbound.vip()).increment();
                }
            }
            case Observation.KernelRefused refused ->
                ofVip("vipkeeper.kernel.refusals", refused.vip()).increment();
            case Observation.VipAnnounced sent ->
                ofVip("vipkeeper.vip.announcements", sent.vip()).increment();
            case Observation.ForeignClaim claim ->
                ofVip("vipkeeper.foreign.claims", claim.vip()).increment();
            case Observation.HeldOver held -> {
                if (held.begins()) {
                    moves.heldOver();
                }
            }
            // Gauges tell these.
            case Observation.HolderChanged changed -> {}
            case Observation.Provisional provisional -> {}
            case Observation.VipForbidden forbidden -> {}
            case Observation.LinkTurned turned -> {}
            case Observation.FastTurned turned -> {}
            case Observation.FenceTurned turned -> {}
            case Observation.LocalApiTurned turned -> {}
            case Observation.PeerTurned turned -> {}
        }
    }

    private void gauges(Identity identity) {
        series.status(
                "vipkeeper.is.leader", Tags.of("lease", identity.lease(), "node", identity.node()), Series::holds);
        series.status(
                "kube.vip.is.leader", Tags.of("lease_name", identity.lease(), "node", identity.node()), Series::holds);
        series.status("vipkeeper.provisional", Tags.empty(), status -> status.role() == KeeperStatus.Role.PROVISIONAL);
        series.status("vipkeeper.ready", Tags.empty(), KeeperStatus::couldHold);
        series.status("vipkeeper.api.answers", Tags.empty(), KeeperStatus::apiAnswers);
        series.status("vipkeeper.link.usable", Tags.empty(), KeeperStatus::linkUsable);
        series.seconds(
                "vipkeeper.lease.renewal.age",
                "Since the last successful write of this holder was sent; no number while it is none",
                (status, now) -> Series.holds(status) ? (now - status.renewedNanos()) / 1e9 : Double.NaN);
        Gauge.builder("vipkeeper.build.info", () -> 1)
                .tags("version", identity.version(), "node", identity.node())
                .register(registry);
    }

    private void prepare(VirtualIp vip) {
        series.status("vipkeeper.vip.bound", of(vip), status -> status.bound().getOrDefault(vip, false));
        List.of(
                        "vipkeeper.vip.readded",
                        "vipkeeper.vip.stale.removed",
                        "vipkeeper.kernel.refusals",
                        "vipkeeper.vip.announcements",
                        "vipkeeper.foreign.claims")
                .forEach(name -> ofVip(name, vip));
    }

    private void prepare() {
        transitions("holder", "ACQUIRED");
        for (LossReason reason : LossReason.values()) {
            transitions("follower", reason.name());
        }
        for (RequestKind request : RequestKind.values()) {
            conflicts(request);
            for (ApiFailure cause : ApiFailure.values()) {
                failures(request, cause);
            }
        }
        plain("vipkeeper.twins");
        plain("vipkeeper.lease.absurd.values");
    }

    private Counter transitions(String to, String reason) {
        return registry.counter("vipkeeper.leader.transitions", "to", to, "reason", reason);
    }

    private Counter failures(RequestKind request, ApiFailure cause) {
        return registry.counter("vipkeeper.lease.request.failures", "request", request.name(), "cause", cause.name());
    }

    private Counter conflicts(RequestKind request) {
        return registry.counter("vipkeeper.lease.conflicts", "request", request.name());
    }

    private Counter ofVip(String name, VirtualIp vip) {
        return registry.counter(name, of(vip));
    }

    private Counter plain(String name) {
        return registry.counter(name);
    }

    private static Tags of(VirtualIp vip) {
        return Tags.of("vip", vip.address().getHostAddress());
    }

    /** @param lease its name without the namespace, as kube-vip labels it */
    public record Identity(String node, String lease, String version) {}
}
