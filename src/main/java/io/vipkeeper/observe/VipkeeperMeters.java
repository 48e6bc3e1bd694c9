package io.vipkeeper.observe;

import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import io.vipkeeper.keeper.KeeperStatus;
import io.vipkeeper.keeper.KeeperStatus.Role;
import io.vipkeeper.keeper.Observation;
import io.vipkeeper.keeper.Observer;
import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.LossReason;
import io.vipkeeper.lease.RequestKind;
import io.vipkeeper.vip.VirtualIp;

/**
 * The only class with names of metrics. Every series exists from the start, so that a rate has a zero to count from;
 * no label takes its value from the wire.
 */
public final class VipkeeperMeters implements Observer {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(25), Duration.ofMillis(50),
        Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1),
        Duration.ofMillis(2500), Duration.ofSeconds(5)
    };

    private final MeterRegistry registry;
    private final Timer renewals;
    private final Timer acquisitions;

    /**
     * @param identity what the series are labelled with
     * @param vips the addresses, each with its own series
     */
    public VipkeeperMeters(MeterRegistry registry, Identity identity, List<VirtualIp> vips, KeeperView view) {
        this.registry = registry;
        this.renewals = timer("vipkeeper.lease.renew", "From before a renewal was sent until its answer");
        this.acquisitions =
                timer("vipkeeper.lease.acquire", "From before the winning request was sent until its answer");
        gauges(identity, view);
        vips.forEach(vip -> prepare(vip, view));
        prepare();
    }

    @Override
    public void observed(Observation observation) {
        switch (observation) {
            case Observation.BecameHolder held -> {
                acquisitions.record(Duration.ofNanos(held.elapsedNanos()));
                transitions("holder", "ACQUIRED").increment();
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
            // Gauges tell these.
            case Observation.HolderChanged changed -> {}
            case Observation.VipForbidden forbidden -> {}
            case Observation.LinkTurned turned -> {}
            case Observation.FastTurned turned -> {}
            case Observation.HeldOver held -> {}
            case Observation.FenceTurned turned -> {}
            case Observation.LocalApiTurned turned -> {}
            case Observation.PeerTurned turned -> {}
        }
    }

    private void gauges(Identity identity, KeeperView view) {
        Tags ours = Tags.of("lease", identity.lease(), "node", identity.node());
        gauge(
                "vipkeeper.is.leader",
                ours,
                view,
                running -> isHolder(running.status().orElse(null)));
        Tags kubeVips = Tags.of("lease_name", identity.lease(), "node", identity.node());
        gauge(
                "kube.vip.is.leader",
                kubeVips,
                view,
                running -> isHolder(running.status().orElse(null)));
        gauge(
                "vipkeeper.ready",
                Tags.empty(),
                view,
                running -> number(running.status().map(KeeperStatus::couldHold).orElse(false)));
        gauge(
                "vipkeeper.api.answers",
                Tags.empty(),
                view,
                running -> number(running.status().map(KeeperStatus::apiAnswers).orElse(false)));
        gauge(
                "vipkeeper.fast.path",
                Tags.empty(),
                view,
                running -> number(running.status()
                        .map(status -> !status.fast().members().isEmpty())
                        .orElse(false)));
        gauge(
                "vipkeeper.link.usable",
                Tags.empty(),
                view,
                running -> number(running.status().map(KeeperStatus::linkUsable).orElse(false)));
        Gauge.builder("vipkeeper.lease.renewal.age", view, VipkeeperMeters::renewalAge)
                .description("Since the last successful write of this holder was sent; no number while it is none")
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
        Gauge.builder("vipkeeper.build.info", () -> 1)
                .tags("version", identity.version(), "node", identity.node())
                .register(registry);
    }

    private void prepare(VirtualIp vip, KeeperView view) {
        gauge(
                "vipkeeper.vip.bound",
                of(vip),
                view,
                running -> number(running.status()
                        .map(status -> status.bound().getOrDefault(vip, false))
                        .orElse(false)));
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

    private void gauge(String name, Tags tags, KeeperView view, ToDoubleFunction<KeeperView.Running> value) {
        Gauge.builder(name, view, shown -> shown.running()
                        .map(value::applyAsDouble)
                        .orElse(0.0))
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    private static double renewalAge(KeeperView view) {
        return view.running()
                .flatMap(running -> running.status()
                        .filter(status -> status.role() == Role.HOLDER)
                        .map(status -> (running.nanoClock().getAsLong() - status.renewedNanos()) / 1e9))
                .orElse(Double.NaN);
    }

    private static double isHolder(KeeperStatus status) {
        return number(status != null && status.role() == Role.HOLDER);
    }

    private static double number(boolean value) {
        return value ? 1 : 0;
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
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
