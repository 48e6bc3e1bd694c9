package io.vipkeeper.observe.meters;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.vipkeeper.grant.GrantRules;
import io.vipkeeper.grant.Pace;
import io.vipkeeper.keeper.KeeperStatus;
import io.vipkeeper.keeper.KeeperStatus.PeerStatus;
import io.vipkeeper.keeper.Observation;
import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.LossReason;
import io.vipkeeper.lease.RequestKind;
import io.vipkeeper.lease.Timing;
import io.vipkeeper.observe.KeeperView;
import io.vipkeeper.observe.Statuses;
import io.vipkeeper.observe.moves.Stage;
import io.vipkeeper.vip.BindOutcome;
import io.vipkeeper.vip.Fence;
import io.vipkeeper.vip.VirtualIp;

import static org.assertj.core.api.Assertions.assertThat;

/** With the registry that Quarkus uses: its names are what a scraper sees. Micrometer deprecates it for another one. */
@SuppressWarnings("deprecation")
class VipkeeperMetersTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final KeeperView view = new KeeperView();
    private final AtomicReference<KeeperStatus> status = new AtomicReference<>();
    private long now = 2_000_000_000L;
    private VipkeeperMeters meters;
    private String possibleFence = "nftables";
    private long malformed;
    private final MeterSource source = new MeterSource() {
        @Override
        public String possibleFence() {
            return possibleFence;
        }

        @Override
        public long datagrams(Datagrams outcome) {
            return outcome == Datagrams.MALFORMED ? malformed : 0;
        }

        @Override
        public long refusedCandidates() {
            return 4;
        }

        @Override
        public long frames(Frames form, boolean sent) {
            return form == Frames.REPLY ? sent ? 12 : 3 : 0;
        }

        @Override
        public Optional<Instant> certificateEnds(Certificate whose) {
            return Optional.of(Instant.ofEpochSecond(1_900_000_000L)).filter(end -> whose == Certificate.CLIENT);
        }

        @Override
        public Endpoint apiServerUsed() {
            return Endpoint.OTHER;
        }
    };

    @BeforeEach
    void register() {
        meters = new VipkeeperMeters(
                registry,
                new VipkeeperMeters.Identity("cp-1", "plndr-cp-lock", "0.1.0"),
                List.of(Statuses.VIP, Statuses.vip("2001:db8::10")),
                new VipkeeperMeters.Chosen(Timing.ofSeconds(5, 3, 1), Optional.of(new GrantRules(Pace.DEFAULT))),
                view,
                source);
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
                "vipkeeper_fast_path 0.0",
                "vipkeeper_local_api_ready 0.0",
                "vipkeeper_hold_remaining_seconds NaN",
                "vipkeeper_fence{kind=\"nftables\",} 1.0",
                "vipkeeper_fence{kind=\"address\",} 0.0",
                "vipkeeper_moves_total{path=\"EARLY\",} 0.0",
                "vipkeeper_move_stage_seconds_bucket{stage=\"silence\",le=\"0.001\",} 0.0",
                "vipkeeper_move_stage_seconds_count{stage=\"announce\",} 0.0",
                "vipkeeper_held_over_total 0.0",
                "vipkeeper_peer_datagrams_total{outcome=\"REPLAYED\",} 0.0",
                "vipkeeper_candidates_refused_total 4.0",
                "vipkeeper_role{role=\"HOLDER\",} 0.0",
                "vipkeeper_hindrance{reason=\"TWIN\",} 0.0",
                "vipkeeper_holder_changes_total 0.0",
                "vipkeeper_announcement_frames_total{family=\"ipv4\",form=\"reply\",outcome=\"sent\",} 12.0",
                "vipkeeper_announcement_frames_total{family=\"ipv4\",form=\"reply\",outcome=\"failed\",} 3.0",
                "vipkeeper_announcement_frames_total{family=\"ipv6\",form=\"advertisement\",outcome=\"sent\",} 0.0",
                "vipkeeper_fence_refresh_seconds_count 0.0",
                "vipkeeper_timing_seconds{timing=\"lease_duration\",} 5.0",
                "vipkeeper_timing_seconds{timing=\"renew_deadline\",} 3.0",
                "vipkeeper_timing_seconds{timing=\"retry_period\",} 1.0",
                "vipkeeper_timing_seconds{timing=\"request_bound\",} 0.975",
                "vipkeeper_timing_seconds{timing=\"grant\",} 0.25",
                "vipkeeper_certificate_expiry_timestamp_seconds{certificate=\"client\",} 1.9E9",
                "vipkeeper_certificate_expiry_timestamp_seconds{certificate=\"server\",} NaN",
                "vipkeeper_pause_longest_seconds 0.0",
                "vipkeeper_api_way{way=\"local\",} 0.0",
                "vipkeeper_api_way{way=\"other\",} 1.0",
                "vipkeeper_build_info{node=\"cp-1\",version=\"0.1.0\",} 1.0"
            })
    void everySeriesIsThereFromTheStart(String line) {
        assertThat(registry.scrape().lines()).contains(line);
    }

    @Test
    void theCatalogueNamesEveryMeterWithItsTypeLabelsAndMeaningAndNoOther() {
        // given: a candidate has series of its own once it is known, and so has an API server
        meters.asked("https://127.0.0.1:6443", 200, 1);
        turn(Map.of("cp-2", new PeerStatus(true, true, 100, 0)));

        // when
        Set<String> exposed = registry.scrape()
                .lines()
                .filter(line -> line.startsWith("# "))
                .map(line -> line.substring(2))
                .collect(Collectors.toCollection(TreeSet::new));

        // then: a histogram's greatest value is a gauge of its own
        Set<String> catalogue = new TreeSet<>();
        for (Metric metric : Metric.values()) {
            String type = metric.type().name().toLowerCase(Locale.ROOT);
            catalogue.add("HELP " + metric.exposed() + " " + metric.meaning());
            catalogue.add("TYPE " + metric.exposed() + " " + type);
            if (metric.type() == Metric.Type.HISTOGRAM) {
                catalogue.add("HELP " + metric.exposed() + "_max " + metric.meaning());
                catalogue.add("TYPE " + metric.exposed() + "_max gauge");
            }
        }
        assertThat(exposed).isEqualTo(catalogue);
    }

    @Test
    void everyNameSaysItsUnitAndItsType() {
        for (Metric metric : Metric.values()) {
            assertThat(metric.exposed()).matches("(vipkeeper|kube_vip)(_[a-z]+)+");
            assertThat(metric.exposed().endsWith("_total")).isEqualTo(metric.type() == Metric.Type.COUNTER);
            assertThat(metric.exposed()).doesNotContain("milli", "micro", "nano", "_ms");
            assertThat(metric.type() != Metric.Type.HISTOGRAM
                            || metric.exposed().endsWith("_seconds"))
                    .isTrue();
        }
    }

    @Test
    void gaugesFollowTheKeeper() {
        // given
        view.show(status::get, () -> now, () -> 0);
        status.set(Statuses.holder(500_000_000L));

        // then
        assertThat(registry.scrape().lines())
                .contains(
                        "vipkeeper_is_leader{lease=\"plndr-cp-lock\",node=\"cp-1\",} 1.0",
                        "kube_vip_is_leader{lease_name=\"plndr-cp-lock\",node=\"cp-1\",} 1.0",
                        "vipkeeper_vip_bound{vip=\"192.0.2.10\",} 1.0",
                        "vipkeeper_ready 1.0",
                        "vipkeeper_role{role=\"HOLDER\",} 1.0",
                        "vipkeeper_role{role=\"FOLLOWER\",} 0.0",
                        "vipkeeper_lease_renewal_age_seconds 1.5");
    }

    @Test
    void countersCountObservations() {
        meters.observed(new Observation.BecameHolder("x", 1, 30_000_000, Observation.Path.EXPIRED, 0, 0), now);
        meters.observed(new Observation.Renewed(7_000_000), now);
        meters.observed(new Observation.LostHolding(LossReason.TAKEN), now);
        meters.observed(new Observation.RequestFailed(RequestKind.READ, ApiFailure.TIMEOUT, ""), now);
        meters.observed(new Observation.ConflictMet(RequestKind.RENEW), now);
        meters.observed(new Observation.VipAnnounced(Statuses.VIP, false), now);
        meters.observed(new Observation.VipBound(Statuses.VIP, false), now);
        meters.observed(new Observation.VipBound(Statuses.VIP, true), now);
        meters.observed(new Observation.VipUnbound(Statuses.VIP, true), now);
        meters.observed(new Observation.ForeignClaim(Statuses.VIP, "02:00:00:00:00:01"), now);
        meters.observed(new Observation.KernelRefused(Statuses.VIP, "errno 1"), now);
        meters.observed(new Observation.HolderChanged("x"), now);
        meters.observed(new Observation.TwinSeen("cp-1", "this node"), now);

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
                        "vipkeeper_holder_changes_total 1.0",
                        "vipkeeper_twins_total 1.0");
    }

    @Test
    void movesAndTheirStagesAreCounted() {
        meters.observed(new Observation.BecameHolder("x", 1, 30_000_000, Observation.Path.EARLY, 1, 1), now);
        meters.took(Stage.VOTES, 3_000_000);
        meters.observed(new Observation.HeldOver(true), now);
        meters.observed(new Observation.HeldOver(false), now);
        malformed = 7;

        assertThat(registry.scrape().lines())
                .contains(
                        "vipkeeper_moves_total{path=\"EARLY\",} 1.0",
                        "vipkeeper_moves_total{path=\"FREE\",} 0.0",
                        "vipkeeper_move_stage_seconds_bucket{stage=\"votes\",le=\"0.002\",} 0.0",
                        "vipkeeper_move_stage_seconds_bucket{stage=\"votes\",le=\"0.005\",} 1.0",
                        "vipkeeper_move_stage_seconds_count{stage=\"bind\",} 0.0",
                        "vipkeeper_held_over_total 1.0",
                        "vipkeeper_peer_datagrams_total{outcome=\"MALFORMED\",} 7.0");
    }

    @Test
    void theFenceInForceIsThatOfTheBoundAddressesNotThatWhichWouldBePossible() {
        // given
        view.show(status::get, () -> now, () -> 0);

        // when: the address is on, and the kernel has refused the rules
        status.set(Statuses.holder(now));

        // then
        assertThat(registry.scrape().lines())
                .contains("vipkeeper_fence{kind=\"nftables\",} 0.0", "vipkeeper_fence{kind=\"address\",} 1.0");

        // when: nothing is on, and the kernel has no nftables
        status.set(Statuses.follower(true, now));
        possibleFence = "no nftables";

        // then
        assertThat(registry.scrape().lines())
                .contains("vipkeeper_fence{kind=\"nftables\",} 0.0", "vipkeeper_fence{kind=\"address\",} 1.0");
    }

    @Test
    void eachApiServerHasItsHealthAndItsTimes() {
        // when
        meters.asked("https://127.0.0.1:6443", 404, 7_000_000);
        meters.asked("https://127.0.0.1:6443", 403, 7_000_000);
        meters.asked("https://192.0.2.7:6443", 500, 7_000_000);
        meters.asked("https://192.0.2.8:6443", 0, 975_000_000);

        // then
        assertThat(registry.scrape().lines())
                .contains(
                        "vipkeeper_api_up{server=\"https://127.0.0.1:6443\",} 1.0",
                        "vipkeeper_api_up{server=\"https://192.0.2.7:6443\",} 0.0",
                        "vipkeeper_api_up{server=\"https://192.0.2.8:6443\",} 0.0",
                        request("127.0.0.1", "answered") + "le=\"0.005\",} 0.0",
                        request("127.0.0.1", "answered") + "le=\"0.01\",} 1.0",
                        request("127.0.0.1", "refused") + "le=\"0.01\",} 1.0",
                        request("127.0.0.1", "silent") + "le=\"+Inf\",} 0.0",
                        request("192.0.2.7", "failed") + "le=\"0.01\",} 1.0",
                        request("192.0.2.8", "silent") + "le=\"1.0\",} 1.0");
    }

    private static String request(String host, String outcome) {
        return "vipkeeper_api_request_seconds_bucket{outcome=\"" + outcome + "\",server=\"https://" + host + ":6443"
                + "\",";
    }

    @Test
    void seriesOfApiServersAreBounded() {
        for (int i = 0; i < 40; i++) {
            meters.asked("https://192.0.2." + i + ":6443", 200, 1);
        }

        assertThat(registry.scrape().lines().filter(line -> line.startsWith("vipkeeper_api_up{")))
                .hasSize(5)
                .anyMatch(line -> line.contains("\"others\""));
    }

    @Test
    void onlyAFenceInForceIsTimed() {
        // given
        boolean[] inForce = {false};
        Fence fence = meters.timed(new Fence() {
            @Override
            public BindOutcome admit(VirtualIp vip, long millis) {
                return new BindOutcome.Refused("of " + millis);
            }

            @Override
            public BindOutcome block(VirtualIp vip) {
                return new BindOutcome.Done();
            }

            @Override
            public boolean inForce() {
                return inForce[0];
            }

            @Override
            public void remove() {}
        });

        // when, then
        assertThat(fence.admit(Statuses.VIP, 7)).isEqualTo(new BindOutcome.Refused("of 7"));
        assertThat(registry.scrape().lines()).contains("vipkeeper_fence_refresh_seconds_count 0.0");
        inForce[0] = true;
        fence.admit(Statuses.VIP, 7);
        assertThat(registry.scrape().lines()).contains("vipkeeper_fence_refresh_seconds_count 1.0");
    }

    @Test
    void theLongestPauseIsThePipelinesOwn() {
        view.show(status::get, () -> now, () -> 1_250_000_000L);

        assertThat(registry.scrape().lines()).contains("vipkeeper_pause_longest_seconds 1.25");
    }

    @Test
    void aPromiseHasAnAgeForTheHolderThatAskedForItOnly() {
        // given: of 250 ms a holder counts 240
        view.show(status::get, () -> now, () -> 0);
        KeeperStatus.Fast fast = new KeeperStatus.Fast(
                List.of(), true, true, "", Map.of("cp-2", new PeerStatus(true, true, 100, now + 200_000_000)));

        // when, then
        status.set(Statuses.with(Statuses.holder(now), fast, 0));
        meters.turned(status.get());
        assertThat(registry.scrape().lines()).contains("vipkeeper_grant_age_seconds{peer=\"cp-2\",} 0.04");
        status.set(Statuses.with(Statuses.follower(true, now), fast, 0));
        assertThat(registry.scrape().lines()).contains("vipkeeper_grant_age_seconds{peer=\"cp-2\",} NaN");
    }

    @Test
    void candidatesHaveSeriesOnlyWhileTheyAreKnown() {
        // given
        view.show(status::get, () -> now, () -> 0);
        turn(Map.of(
                "cp-2", new PeerStatus(true, true, 100, now + 250_000_000),
                "cp-3", new PeerStatus(false, false, 100, now - 1)));

        // then
        assertThat(registry.scrape().lines())
                .contains(
                        "vipkeeper_peer_heard{peer=\"cp-2\",} 1.0",
                        "vipkeeper_peer_heard{peer=\"cp-3\",} 0.0",
                        "vipkeeper_peer_ready{peer=\"cp-2\",} 1.0",
                        "vipkeeper_grant_remaining_seconds{peer=\"cp-2\",} 0.25",
                        "vipkeeper_grant_remaining_seconds{peer=\"cp-3\",} 0.0",
                        "vipkeeper_hold_remaining_seconds 0.5",
                        "vipkeeper_fast_path 1.0");

        // when
        turn(Map.of("cp-3", new PeerStatus(true, true, 100, now)));

        // then
        assertThat(registry.scrape()).doesNotContain("cp-2").contains("vipkeeper_peer_heard{peer=\"cp-3\",} 1.0");
    }

    @Test
    void seriesOfCandidatesAreBounded() {
        Map<String, PeerStatus> many = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            many.put("cp-" + i, new PeerStatus(true, true, 100, now));
        }

        turn(many);

        assertThat(registry.scrape().lines().filter(line -> line.startsWith("vipkeeper_peer_heard{")))
                .hasSize(16);
    }

    private void turn(Map<String, PeerStatus> peers) {
        status.set(Statuses.with(
                Statuses.holder(now),
                new KeeperStatus.Fast(List.of("cp-1", "cp-2", "cp-3"), true, true, "", peers),
                now + 500_000_000));
        meters.turned(status.get());
    }

    @Test
    void noLabelComesFromTheWire() {
        meters.observed(new Observation.ForeignClaim(Statuses.VIP, "02:00:00:00:00:01"), now);
        meters.observed(new Observation.BecameHolder("node-from-the-lease", 1, 1, Observation.Path.EXPIRED, 0, 0), now);

        assertThat(registry.scrape()).doesNotContain("02:00:00", "node-from-the-lease");
    }
}
