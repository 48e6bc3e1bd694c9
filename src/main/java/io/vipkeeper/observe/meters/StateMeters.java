package io.vipkeeper.observe.meters;

import java.time.Duration;
import java.util.List;

import io.vipkeeper.keeper.KeeperStatus;
import io.vipkeeper.keeper.KeeperStatus.Role;
import io.vipkeeper.observe.FenceReport;
import io.vipkeeper.observe.Hindrance;
import io.vipkeeper.observe.KeeperView;
import io.vipkeeper.observe.meters.MeterSource.Certificate;
import io.vipkeeper.observe.meters.MeterSource.Endpoint;
import io.vipkeeper.observe.meters.MeterSource.Frames;
import io.vipkeeper.vip.VirtualIp;

/** What is read when somebody scrapes: how things are, and what others count. */
final class StateMeters {
    private final Series series;
    private final KeeperView view;
    private final MeterSource source;

    StateMeters(Series series, KeeperView view, MeterSource source) {
        this.series = series;
        this.view = view;
        this.source = source;
    }

    void register(VipkeeperMeters.Identity identity, VipkeeperMeters.Chosen chosen, List<VirtualIp> vips) {
        gauges(identity);
        vips.forEach(vip -> series.status(
                Metric.VIP_BOUND, status -> status.bound().getOrDefault(vip, false), VipkeeperMeters.of(vip)));
        chosen(chosen);
        beside();
        endpoints();
        fence(FenceReport.NFTABLES);
        fence(FenceReport.ADDRESS);
    }

    private void gauges(VipkeeperMeters.Identity identity) {
        series.status(Metric.IS_LEADER, Series::holds, identity.lease(), identity.node());
        series.status(Metric.KUBE_VIP_IS_LEADER, Series::holds, identity.lease(), identity.node());
        for (Role role : Role.values()) {
            series.status(Metric.ROLE, status -> status.role() == role, role.name());
        }
        for (Hindrance hindrance : Hindrance.values()) {
            series.status(Metric.HINDRANCE, hindrance::isPresent, hindrance.name());
        }
        series.gauge(Metric.PAUSE_LONGEST, () -> view.running()
                .map(running -> running.longestPause().getAsLong() / 1e9)
                .orElse(0.0));
        series.status(Metric.READY, KeeperStatus::couldHold);
        series.status(Metric.API_ANSWERS, KeeperStatus::apiAnswers);
        series.status(Metric.LOCAL_API_READY, status -> status.fast().localApiReady());
        series.status(Metric.LINK_USABLE, KeeperStatus::linkUsable);
        series.seconds(
                Metric.HOLD_REMAINING,
                (status, now) -> Series.holds(status) ? (status.rightEndsNanos() - now) / 1e9 : Double.NaN);
        series.seconds(
                Metric.LEASE_RENEWAL_AGE,
                (status, now) -> Series.holds(status) ? (now - status.renewedNanos()) / 1e9 : Double.NaN);
        series.gauge(Metric.BUILD_INFO, () -> 1, identity.version(), identity.node());
    }

    private void chosen(VipkeeperMeters.Chosen chosen) {
        timing("lease_duration", chosen.timing().leaseDuration());
        timing("renew_deadline", chosen.timing().renewDeadline());
        timing("retry_period", chosen.timing().retryPeriod());
        timing("request_bound", chosen.timing().requestBound());
        chosen.fast().ifPresent(rules -> timing("grant", rules.pace().grant()));
    }

    private void timing(String name, Duration duration) {
        series.gauge(Metric.TIMING, () -> duration.toNanos() / 1e9, name);
    }

    private void beside() {
        for (Frames form : Frames.values()) {
            String name = Series.label(form);
            series.count(Metric.FRAMES, () -> source.frames(form, true), form.family(), name, "sent");
            series.count(Metric.FRAMES, () -> source.frames(form, false), form.family(), name, "failed");
        }
        for (Certificate whose : Certificate.values()) {
            series.gauge(
                    Metric.CERTIFICATE_EXPIRY,
                    () -> source.certificateEnds(whose)
                            .map(end -> (double) end.getEpochSecond())
                            .orElse(Double.NaN),
                    Series.label(whose));
        }
    }

    private void endpoints() {
        for (Endpoint endpoint : Endpoint.values()) {
            series.gauge(
                    Metric.API_WAY, () -> Series.number(source.apiServerUsed() == endpoint), Series.label(endpoint));
        }
    }

    private void fence(String kind) {
        series.gauge(
                Metric.FENCE,
                () -> Series.number(
                        FenceReport.of(view.running().flatMap(KeeperView.Running::status), source.possibleFence())
                                .kind()
                                .equals(kind)),
                kind);
    }
}
