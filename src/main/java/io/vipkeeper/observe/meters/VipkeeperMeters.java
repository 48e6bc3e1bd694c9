package io.vipkeeper.observe.meters;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import io.vipkeeper.grant.GrantRules;
import io.vipkeeper.keeper.KeeperStatus;
import io.vipkeeper.keeper.Observation;
import io.vipkeeper.keeper.Observer;
import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.LossReason;
import io.vipkeeper.lease.RequestKind;
import io.vipkeeper.lease.Timing;
import io.vipkeeper.observe.KeeperView;
import io.vipkeeper.observe.moves.Stage;
import io.vipkeeper.vip.Fence;
import io.vipkeeper.vip.VirtualIp;

/**
 * Fills the catalogue. Every series exists from the start, so that a rate has a zero to count from, but those of other
 * candidates; no label takes its value from an unauthenticated wire.
 */
public final class VipkeeperMeters implements Observer {
    private static final List<Integer> FENCE_BUCKETS = List.of(1, 2, 5, 10, 20, 50, 100);

    /** Of one address each. */
    private static final List<Metric> OF_VIP = List.of(
            Metric.VIP_READDED,
            Metric.VIP_STALE_REMOVED,
            Metric.KERNEL_REFUSALS,
            Metric.VIP_ANNOUNCEMENTS,
            Metric.FOREIGN_CLAIMS);

    private final Series series;
    private final MoveMeters moves;
    private final FastMeters fast;
    private final ApiMeters api;
    private final Timer fenceRefreshes;
    private final Timer renewals;
    private final Timer acquisitions;

    /**
     * @param identity what the series are labelled with
     * @param vips the addresses, each with its own series
     * @param chosen the durations that the others are to be compared with
     * @param source what the keeper does not know
     */
    public VipkeeperMeters(
            MeterRegistry registry,
            Identity identity,
            List<VirtualIp> vips,
            Chosen chosen,
            KeeperView view,
            MeterSource source) {
        series = new Series(registry, view);
        moves = new MoveMeters(series);
        fast = new FastMeters(series, source, chosen.promiseNanos());
        api = new ApiMeters(series);
        fenceRefreshes = series.timer(Metric.FENCE_REFRESH, FENCE_BUCKETS);
        renewals = series.timer(Metric.LEASE_RENEW, Series.REQUEST_BUCKETS);
        acquisitions = series.timer(Metric.LEASE_ACQUIRE, Series.REQUEST_BUCKETS);
        new StateMeters(series, view, source).register(identity, chosen, vips);
        vips.forEach(this::prepare);
        prepare();
    }

    /** The same fence, whose refreshes are timed. */
    public Fence timed(Fence fence) {
        return new TimedFence(fence, fenceRefreshes);
    }

    /**
     * An API server was asked; from any thread.
     *
     * @param status of the answer, zero when there was none
     * @param nanos from the question until then
     */
    public void asked(String endpoint, int status, long nanos) {
        api.asked(endpoint, status, nanos);
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
                count(Metric.TRANSITIONS, "holder", "ACQUIRED");
                moves.moved(held.path());
            }
            case Observation.LostHolding lost ->
                count(Metric.TRANSITIONS, "follower", lost.reason().name());
            case Observation.HolderChanged changed -> count(Metric.HOLDER_CHANGES);
            case Observation.Renewed renewed -> renewals.record(Duration.ofNanos(renewed.elapsedNanos()));
            case Observation.RequestFailed failed ->
                count(
                        Metric.LEASE_FAILURES,
                        failed.request().name(),
                        failed.cause().name());
            case Observation.ConflictMet conflict ->
                count(Metric.LEASE_CONFLICTS, conflict.request().name());
            case Observation.TwinSeen twin -> count(Metric.TWINS);
            case Observation.AbsurdLease absurd -> count(Metric.LEASE_ABSURD);
            case Observation.VipBound bound -> countIf(bound.again(), Metric.VIP_READDED, bound.vip());
            case Observation.VipUnbound unbound -> countIf(unbound.stale(), Metric.VIP_STALE_REMOVED, unbound.vip());
            case Observation.KernelRefused refused -> count(Metric.KERNEL_REFUSALS, of(refused.vip()));
            case Observation.VipAnnounced sent -> count(Metric.VIP_ANNOUNCEMENTS, of(sent.vip()));
            case Observation.ForeignClaim claim -> count(Metric.FOREIGN_CLAIMS, of(claim.vip()));
            case Observation.HeldOver held -> {
                if (held.begins()) {
                    moves.heldOver();
                }
            }
            // Gauges tell these.
            case Observation.Provisional provisional -> {}
            case Observation.VipForbidden forbidden -> {}
            case Observation.LinkTurned turned -> {}
            case Observation.FastTurned turned -> {}
            case Observation.FenceTurned turned -> {}
            case Observation.LocalApiTurned turned -> {}
            case Observation.PeerTurned turned -> {}
        }
    }

    private void prepare(VirtualIp vip) {
        OF_VIP.forEach(metric -> series.counter(metric, of(vip)));
    }

    private void prepare() {
        series.counter(Metric.TRANSITIONS, "holder", "ACQUIRED");
        for (LossReason reason : LossReason.values()) {
            series.counter(Metric.TRANSITIONS, "follower", reason.name());
        }
        for (RequestKind request : RequestKind.values()) {
            series.counter(Metric.LEASE_CONFLICTS, request.name());
            for (ApiFailure cause : ApiFailure.values()) {
                series.counter(Metric.LEASE_FAILURES, request.name(), cause.name());
            }
        }
        List.of(Metric.HOLDER_CHANGES, Metric.TWINS, Metric.LEASE_ABSURD).forEach(series::counter);
    }

    private void count(Metric metric, String... values) {
        series.counter(metric, values).increment();
    }

    private void countIf(boolean counts, Metric metric, VirtualIp vip) {
        if (counts) {
            count(metric, of(vip));
        }
    }

    /** The label's value. */
    static String of(VirtualIp vip) {
        return vip.address().getHostAddress();
    }

    /** @param lease its name without the namespace, as kube-vip labels it */
    public record Identity(String node, String lease, String version) {}

    /** @param fast empty without a fast path */
    public record Chosen(Timing timing, Optional<GrantRules> fast) {

        /** How long a promise counts, from the sending of the heartbeat that asked for it. */
        long promiseNanos() {
            return fast.map(rules -> rules.promiseCountsUntil(0, 0)).orElse(0L);
        }
    }
}
