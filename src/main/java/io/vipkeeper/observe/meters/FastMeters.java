package io.vipkeeper.observe.meters;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MultiGauge;

import io.vipkeeper.keeper.KeeperStatus;
import io.vipkeeper.keeper.KeeperStatus.PeerStatus;
import io.vipkeeper.observe.meters.MeterSource.Datagrams;

/** The fast path and the other candidates. */
final class FastMeters {
    /** As many as the election has; more would only be a fault. */
    private static final int MOST_PEERS = 16;

    private final Series series;
    private final List<PeerGauge> peerGauges;
    private Set<String> peers = Set.of();

    /** A number about another candidate at a moment of the pipeline's clock. */
    @FunctionalInterface
    private interface OfPeer {
        double of(KeeperStatus status, PeerStatus peer, long nowNanos);
    }

    private record PeerGauge(Metric metric, MultiGauge rows, OfPeer value) {}

    /** @param promise how long a promise counts for the holder that asked, in nanoseconds */
    FastMeters(Series series, MeterSource source, long promise) {
        this.series = series;
        series.status(Metric.FAST_PATH, status -> !status.fast().members().isEmpty());
        for (Datagrams outcome : Datagrams.values()) {
            series.count(Metric.PEER_DATAGRAMS, () -> source.datagrams(outcome), outcome.name());
        }
        series.count(Metric.CANDIDATES_REFUSED, source::refusedCandidates);
        peerGauges = List.of(
                ofPeer(Metric.PEER_HEARD, (status, peer, now) -> Series.number(peer.heard())),
                ofPeer(Metric.PEER_READY, (status, peer, now) -> Series.number(peer.ready())),
                ofPeer(
                        Metric.GRANT_REMAINING,
                        (status, peer, now) -> Math.max(0, peer.promisedUntilNanos() - now) / 1e9),
                ofPeer(
                        Metric.GRANT_AGE,
                        (status, peer, now) ->
                                Series.holds(status) ? (now - peer.promisedUntilNanos() + promise) / 1e9 : Double.NaN));
    }

    private PeerGauge ofPeer(Metric metric, OfPeer value) {
        return new PeerGauge(metric, series.rows(metric), value);
    }

    /** On the observers' thread; has something to do only when a candidate has come or gone. */
    void turned(KeeperStatus status) {
        Set<String> now = status.fast().peers().keySet();
        if (!now.equals(peers)) {
            peers = Set.copyOf(now);
            List<String> shown = now.stream().sorted().limit(MOST_PEERS).toList();
            peerGauges.forEach(gauge -> gauge.rows()
                    .register(shown.stream().map(peer -> row(gauge, peer)).collect(Collectors.toList()), true));
        }
    }

    private MultiGauge.Row<?> row(PeerGauge gauge, String peer) {
        return MultiGauge.Row.of(
                Series.tags(gauge.metric(), peer),
                series,
                from -> from.read((status, now) -> status.fast().peers().containsKey(peer)
                        ? gauge.value().of(status, status.fast().peers().get(peer), now)
                        : Double.NaN));
    }
}
