package io.vipkeeper.observe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.vipkeeper.keeper.Observation;
import io.vipkeeper.keeper.Observation.ConflictMet;
import io.vipkeeper.keeper.Observation.Renewed;
import io.vipkeeper.keeper.Observation.RequestFailed;
import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.LossReason;
import io.vipkeeper.lease.RequestKind;

import static org.assertj.core.api.Assertions.assertThat;

class ObservationLogTest {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final List<String> lines = new ArrayList<>();

    /** Wraps while a test runs. */
    private long now = Long.MAX_VALUE - Duration.ofSeconds(30).toNanos();

    private final ApiComplaints complaints = new ApiComplaints(() -> now);
    private final ObservationLog log =
            new ObservationLog((level, line) -> lines.add(level + " " + line), () -> now, complaints);

    @ParameterizedTest
    @EnumSource(ApiFailure.class)
    void aPermanentFailureOfReadsAndWritesTakesOneLineAMinute(ApiFailure cause) {
        // when
        everySecondForTenMinutes(
                new RequestFailed(RequestKind.READ, cause, "user x"),
                new RequestFailed(RequestKind.ACQUIRE, cause, "user x"));

        // then: at once, then each minute
        assertThat(lines).hasSize(10).allMatch(line -> line.contains("cause=" + cause));
        assertThat(lines.getFirst()).endsWith("repeats=0");
        assertThat(lines.get(1)).endsWith("repeats=119");
    }

    @Test
    void aPermanent403TakesOneLineAMinuteFromKeeperWatchAndNodesTogether() {
        // when the watch fails every other second and the list of Nodes every five, from before the keeper does
        for (int second = 0; second < TEN_MINUTES.toSeconds(); second++) {
            if (second % 2 == 0 && complaints.admit()) {
                lines.add("watch");
            }
            if (second % 5 == 0 && complaints.admit()) {
                lines.add("nodes");
            }
            if (second >= 4) {
                log.observed(new RequestFailed(RequestKind.READ, ApiFailure.FORBIDDEN, "user x"), now);
            }
            now += RETRY.toNanos();
        }

        // then
        assertThat(lines).hasSize(10).allMatch(line -> line.contains("cause=FORBIDDEN"));
    }

    @Test
    void aWatchThatAloneIsForbiddenIsSaidAfterHalfAMinuteAndThenLessThanOnceAMinute() {
        List<Integer> said = new ArrayList<>();
        for (int second = 0; second < 120; second += 2) {
            if (complaints.admit()) {
                said.add(second);
            }
            now += 2 * RETRY.toNanos();
        }

        assertThat(said).containsExactly(30, 106);
    }

    @Test
    void whatFailsOnceInAWhileIsNoLastingReasonToComplain() {
        for (int hour = 0; hour < 24; hour++) {
            assertThat(complaints.admit()).isFalse();
            now += Duration.ofHours(1).toNanos();
        }
    }

    @Test
    void aPermanentConflictTakesOneLineAMinute() {
        everySecondForTenMinutes(new ConflictMet(RequestKind.RENEW));

        assertThat(lines).hasSize(10);
        assertThat(lines.getFirst()).isEqualTo("WARN Lease was changed by somebody else request=RENEW repeats=0");
    }

    @Test
    void anApiThatFailsEverySecondTimeTakesTwoLinesAMinute() {
        everySecondForTenMinutes(
                new RequestFailed(RequestKind.RENEW, ApiFailure.TIMEOUT, "no answer in 1 s"), new Renewed(1_000_000));

        assertThat(lines).hasSize(20);
    }

    @Test
    void recoveryIsSaidOnceAndSuccessNever() {
        log.observed(new RequestFailed(RequestKind.RENEW, ApiFailure.FORBIDDEN, "user x"), now);
        everySecondForTenMinutes(new Renewed(1_000_000));

        assertThat(lines).hasSize(2);
        assertThat(lines.getLast()).isEqualTo("INFO API server answers again");
    }

    @Test
    void aFollowersRecoveryIsSaidAfterAMinuteOfSilence() {
        log.observed(new RequestFailed(RequestKind.READ, ApiFailure.UNREACHABLE, "refused"), now);
        for (int second = 0; second <= 300; second++) {
            now += RETRY.toNanos();
            log.turned(Statuses.follower(true, now));
        }

        assertThat(lines).hasSize(2);
        assertThat(lines.getLast()).isEqualTo("INFO API server answers again");
    }

    @Test
    void aFloodOfClaimsFromMadeUpMachinesIsBounded() {
        for (int i = 0; i < 10_000; i++) {
            log.observed(
                    new Observation.ForeignClaim(Statuses.VIP, "02:00:00:00:%02x:%02x".formatted(i >> 8, i & 255)),
                    now);
        }

        assertThat(lines).hasSize(17);
    }

    @Test
    void troubleWithTheApiIsSaidThoughAFloodOfClaimsWentBefore() {
        aFloodOfClaimsFromMadeUpMachinesIsBounded();
        lines.clear();

        log.observed(new RequestFailed(RequestKind.READ, ApiFailure.FORBIDDEN, "user x"), now);
        log.observed(new Renewed(1), now);

        assertThat(lines).hasSize(2);
    }

    @Test
    void changesOfStateAreOneLineEachWithFixedKeys() {
        log.observed(new Observation.BecameHolder("", 3, 12_345_678, Observation.Path.FREE, 0, 0), now);
        log.observed(new Observation.VipBound(Statuses.VIP, false), now);
        log.observed(new Observation.VipAnnounced(Statuses.VIP, true), now);
        log.observed(new Observation.VipAnnounced(Statuses.VIP, false), now);
        log.observed(new Observation.VipUnbound(Statuses.VIP, false), now);
        log.observed(new Observation.LostHolding(LossReason.STOPPED), now);
        log.observed(new Observation.HolderChanged("node-c"), now);

        assertThat(lines)
                .containsExactly(
                        "INFO became holder from=\"\" path=FREE transitions=3 elapsedMillis=12",
                        "INFO address bound vip=192.0.2.10/32",
                        "INFO address announced vip=192.0.2.10/32",
                        "INFO address removed vip=192.0.2.10/32",
                        "INFO lost holding reason=STOPPED",
                        "INFO holder changed holder=node-c");
    }

    @Test
    void aLinkThatFlapsIsSaidAFewTimesThenOnceAMinuteAndAtLastAsItIs() {
        // when
        for (int second = 0; second < TEN_MINUTES.toSeconds(); second++) {
            log.observed(new Observation.LinkTurned(second % 2 == 1), now);
            now += RETRY.toNanos();
            log.turned(Statuses.follower(true, now));
        }
        now += Duration.ofMinutes(1).toNanos();
        log.turned(Statuses.follower(true, now));

        // then
        assertThat(lines).hasSizeBetween(18, 21);
        assertThat(lines.get(9)).isEqualTo("INFO interface is usable");
        assertThat(lines.get(10)).matches("INFO interface .* repeats=[1-9][0-9]*");
        assertThat(lines.getLast()).startsWith("INFO interface is usable");
        long leftOut = lines.stream()
                .filter(line -> line.contains("repeats="))
                .mapToLong(line -> Long.parseLong(line.replaceAll(".*repeats=", "")))
                .sum();
        assertThat(lines.size() + leftOut).isEqualTo(TEN_MINUTES.toSeconds());
    }

    @Test
    void namesOfNodesThatAreMadeUpFillNoMemory() {
        for (int i = 0; i < 10_000; i++) {
            log.observed(new Observation.PeerTurned("made-up-" + i, true), now);
        }

        assertThat(lines).hasSize(64 + Changes.AT_ONCE);
    }

    @Test
    void aNameFromTheLeaseCannotBreakTheLine() {
        log.observed(new Observation.HolderChanged("a\nERROR \"x\" \u001b[31m" + "y".repeat(1000)), now);

        assertThat(lines).singleElement().satisfies(line -> assertThat(line)
                .startsWith("INFO holder changed holder=\"a?ERROR ?x? ?[31m")
                .hasSizeLessThan(300));
    }

    private void everySecondForTenMinutes(Observation... observations) {
        for (long second = 0; second < TEN_MINUTES.toSeconds(); second++) {
            for (Observation observation : observations) {
                log.observed(observation, now);
            }
            now += RETRY.toNanos();
            log.turned(Statuses.follower(false, now));
        }
    }
}
