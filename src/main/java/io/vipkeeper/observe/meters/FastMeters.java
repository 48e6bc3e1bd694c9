package io.vipkeeper.observe.meters;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;

import io.vipkeeper.keeper.KeeperStatus;
import io.vipkeeper.keeper.KeeperStatus.PeerStatus;
import io.vipkeeper.observe.FenceReport;
import io.vipkeeper.observe.KeeperView;
import io.vipkeeper.observe.meters.MeterSource.Datagrams;
import io.vipkeeper.observe.meters.MeterSource.Endpoint;

/** The fast path, the fence and the other candidates. */
final class FastMeters {
    /** As many as the election has; more would only be a fault. */
    private static final int MOST_PEERS = 16;

    private final KeeperView view;

    /** Kept here, since the registry's counters refer to it weakly. */
    private final MeterSource source;

    private final List<PeerGauge> peerGauges;
    private Set<String> peers = Set.of();

    private record PeerGauge(MultiGauge series, BiFunction<PeerStatus, Long, Double> value) {}

    FastMeters(MeterRegistry registry, Series series, MeterSource source) {
        this.view = series.view();
        this.source = source;
        series.status("vipkeeper.fast.path", Tags.empty(), status -> !status.fast()
                .members()
                .isEmpty());
        series.status("vipkeeper.local.api.ready", Tags.empty(), status -> status.fast()
                .localApiReady());
        series.seconds(
                "vipkeeper.hold.remaining",
                "Until this holder's right ends if nobody confirms it; no number while it is none",
                (status, now) -> Series.holds(status) ? (status.rightEndsNanos() - now) / 1e9 : Double.NaN);
        besideTheKeeper(registry);
        peerGauges = List.of(
                peers(registry, "vipkeeper.peer.heard", "", (peer, now) -> Series.number(peer.heard())),
                peers(registry, "vipkeeper.peer.ready", "", (peer, now) -> Series.number(peer.ready())),
                peers(
                        registry,
                        "vipkeeper.grant.remaining",
                        "seconds",
                        (peer, now) -> Math.max(0, peer.promisedUntilNanos() - now) / 1e9));
    }

    private void besideTheKeeper(MeterRegistry registry) {
        fence(registry, FenceReport.NFTABLES);
        fence(registry, FenceReport.ADDRESS);
        for (Datagrams outcome : Datagrams.values()) {
            FunctionCounter.builder("vipkeeper.peer.datagrams", source, from -> from.datagrams(outcome))
                    .tag("outcome", outcome.name())
                    .register(registry);
        }
        for (Endpoint endpoint : Endpoint.values()) {
            apiServer(registry, endpoint);
        }
        FunctionCounter.builder("vipkeeper.candidates.refused", source, MeterSource::refusedCandidates)
                .register(registry);
    }

    private void apiServer(MeterRegistry registry, Endpoint endpoint) {
        String label = endpoint.name().toLowerCase(Locale.ROOT);
        Gauge.builder("vipkeeper.api.endpoint.up", source, from -> from.apiServerUp(endpoint)
                        .map(Series::number)
                        .orElse(Double.NaN))
                .tag("endpoint", label)
                .register(registry);
        Gauge.builder("vipkeeper.api.endpoint.used", source, from -> Series.number(from.apiServerUsed() == endpoint))
                .tag("endpoint", label)
                .register(registry);
    }

    /** On the pipeline's thread; has something to do only when a candidate has come or gone. */
    void turned(KeeperStatus status) {
        Set<String> now = status.fast().peers().keySet();
        if (!now.equals(peers)) {
            peers = Set.copyOf(now);
            List<String> shown = now.stream().sorted().limit(MOST_PEERS).toList();
            peerGauges.forEach(gauge -> gauge.series()
                    .register(shown.stream().map(peer -> row(gauge, peer)).collect(Collectors.toList()), true));
        }
    }

    private MultiGauge.Row<?> row(PeerGauge gauge, String peer) {
        return MultiGauge.Row.of(
                Tags.of("peer", peer),
                view,
                shown -> Series.read(
                        shown,
                        (status, now) -> status.fast().peers().containsKey(peer)
                                ? gauge.value().apply(status.fast().peers().get(peer), now)
                                : Double.NaN,
                        Double.NaN));
    }

    private static PeerGauge peers(
            MeterRegistry registry, String name, String unit, BiFunction<PeerStatus, Long, Double> value) {
        return new PeerGauge(
                MultiGauge.builder(name).baseUnit(unit.isEmpty() ? null : unit).register(registry), value);
    }

    private void fence(MeterRegistry registry, String kind) {
        Gauge.builder(
                        "vipkeeper.fence",
                        view,
                        shown -> Series.number(FenceReport.of(
                                        shown.running().flatMap(KeeperView.Running::status), source.possibleFence())
                                .kind()
                                .equals(kind)))
                .tag("kind", kind)
                .strongReference(true)
                .register(registry);
    }
}
