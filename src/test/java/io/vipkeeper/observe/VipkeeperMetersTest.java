package io.vipkeeper.observe;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.vipkeeper.keeper.KeeperStatus;
import io.vipkeeper.keeper.Observation;
import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.LossReason;
import io.vipkeeper.lease.RequestKind;

import static org.assertj.core.api.Assertions.assertThat;

/** With the registry that Quarkus uses: its names are what a scraper sees. Micrometer deprecates it for another one. */
@SuppressWarnings("deprecation")
class VipkeeperMetersTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final KeeperView view = new KeeperView();
    private final AtomicReference<KeeperStatus> status = new AtomicReference<>();
    private long now = 2_000_000_000L;
    private VipkeeperMeters meters;

    @BeforeEach
    void register() {
        meters = new VipkeeperMeters(
                registry,
                new VipkeeperMeters.Identity("cp-1", "plndr-cp-lock", "0.1.0"),
                List.of(Statuses.VIP, Statuses.vip("2001:db8::10")),
                view);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vipkeeper_is_leader{lease=\"plndr-cp-lock\",node=\"cp-1\",} 0.0",
                "kube_vip_is_leader{lease_name=\"plndr-cp-lock\",node=\"cp-1\",} 0.0",
                "vipkeeper_ready 0.0",
                "vipkeeper_api_answers 0.0",
                "vipkeeper_link_usable 0.0",
                "vipkeeper_vip_bound{vip=\"192.0.2.10\",} 0.0",
                "vipkeeper_vip_bound{vip=\"2001:db8:0:0:0:0:0:10\",} 0.0",
                "vipkeeper_lease_renewal_age_seconds NaN",
                "vipkeeper_lease_renew_seconds_count 0.0",
                "vipkeeper_lease_renew_seconds_bucket{le=\"0.005\",} 0.0",
                "vipkeeper_lease_acquire_seconds_bucket{le=\"+Inf\",} 0.0",
                "vipkeeper_lease_request_failures_total{cause=\"FORBIDDEN\",request=\"RENEW\",} 0.0",
                "vipkeeper_lease_conflicts_total{request=\"ACQUIRE\",} 0.0",
                "vipkeeper_leader_transitions_total{reason=\"ACQUIRED\",to=\"holder\",} 0.0",
                "vipkeeper_leader_transitions_total{reason=\"RENEW_DEADLINE\",to=\"follower\",} 0.0",
                "vipkeeper_vip_announcements_total{vip=\"192.0.2.10\",} 0.0",
                "vipkeeper_vip_readded_total{vip=\"192.0.2.10\",} 0.0",
                "vipkeeper_vip_stale_removed_total{vip=\"192.0.2.10\",} 0.0",
                "vipkeeper_foreign_claims_total{vip=\"192.0.2.10\",} 0.0",
                "vipkeeper_kernel_refusals_total{vip=\"192.0.2.10\",} 0.0",
                "vipkeeper_twins_total 0.0",
                "vipkeeper_lease_absurd_values_total 0.0",
                "vipkeeper_build_info{node=\"cp-1\",version=\"0.1.0\",} 1.0"
            })
    void everySeriesIsThereFromTheStart(String line) {
        assertThat(registry.scrape().lines()).contains(line);
    }

    @Test
    void gaugesFollowTheKeeper() {
        // given
        view.show(status::get, () -> now);
        status.set(Statuses.holder(500_000_000L));

        // then
        assertThat(registry.scrape().lines())
                .contains(
                        "vipkeeper_is_leader{lease=\"plndr-cp-lock\",node=\"cp-1\",} 1.0",
                        "kube_vip_is_leader{lease_name=\"plndr-cp-lock\",node=\"cp-1\",} 1.0",
                        "vipkeeper_vip_bound{vip=\"192.0.2.10\",} 1.0",
                        "vipkeeper_ready 1.0",
                        "vipkeeper_lease_renewal_age_seconds 1.5");
    }

    @Test
    void countersCountObservations() {
        meters.observed(new Observation.BecameHolder("x", 1, 30_000_000, Observation.Path.EXPIRED, 0, 0));
        meters.observed(new Observation.Renewed(7_000_000));
        meters.observed(new Observation.LostHolding(LossReason.TAKEN));
        meters.observed(new Observation.RequestFailed(RequestKind.READ, ApiFailure.TIMEOUT, ""));
        meters.observed(new Observation.ConflictMet(RequestKind.RENEW));
        meters.observed(new Observation.VipAnnounced(Statuses.VIP, false));
        meters.observed(new Observation.VipBound(Statuses.VIP, false));
        meters.observed(new Observation.VipBound(Statuses.VIP, true));
        meters.observed(new Observation.VipUnbound(Statuses.VIP, true));
        meters.observed(new Observation.ForeignClaim(Statuses.VIP, "02:00:00:00:00:01"));
        meters.observed(new Observation.KernelRefused(Statuses.VIP, "errno 1"));
        meters.observed(new Observation.TwinSeen("cp-1", "this node"));

        assertThat(registry.scrape().lines())
                .contains(
                        "vipkeeper_lease_acquire_seconds_bucket{le=\"0.05\",} 1.0",
                        "vipkeeper_lease_renew_seconds_bucket{le=\"0.01\",} 1.0",
                        "vipkeeper_lease_renew_seconds_bucket{le=\"0.005\",} 0.0",
                        "vipkeeper_leader_transitions_total{reason=\"TAKEN\",to=\"follower\",} 1.0",
                        "vipkeeper_lease_request_failures_total{cause=\"TIMEOUT\",request=\"READ\",} 1.0",
                        "vipkeeper_lease_conflicts_total{request=\"RENEW\",} 1.0",
                        "vipkeeper_vip_announcements_total{vip=\"192.0.2.10\",} 1.0",
                        "vipkeeper_vip_readded_total{vip=\"192.0.2.10\",} 1.0",
                        "vipkeeper_vip_stale_removed_total{vip=\"192.0.2.10\",} 1.0",
                        "vipkeeper_foreign_claims_total{vip=\"192.0.2.10\",} 1.0",
                        "vipkeeper_kernel_refusals_total{vip=\"192.0.2.10\",} 1.0",
                        "vipkeeper_twins_total 1.0");
    }

    @Test
    void noLabelComesFromTheWire() {
        meters.observed(new Observation.ForeignClaim(Statuses.VIP, "02:00:00:00:00:01"));
        meters.observed(new Observation.BecameHolder("node-from-the-lease", 1, 1, Observation.Path.EXPIRED, 0, 0));

        assertThat(registry.scrape()).doesNotContain("02:00:00", "node-from-the-lease");
    }
}
