package io.vipkeeper.lease;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.vipkeeper.lease.Candidate.ME;
import static io.vipkeeper.lease.Candidate.MILLI;
import static io.vipkeeper.lease.Candidate.SECOND;
import static io.vipkeeper.lease.Candidate.T0;
import static io.vipkeeper.lease.Candidate.foreign;
import static io.vipkeeper.lease.Candidate.freedByKeeper;
import static io.vipkeeper.lease.Candidate.keepers;
import static io.vipkeeper.lease.Candidate.record;
import static org.assertj.core.api.Assertions.assertThat;

/** Taking, renewing and losing. The clock wraps around in the middle of it. */
class LeaseDecisionTest {

    @Test
    void aProcessThatHasJustBegunReads() {
        assertThat(new Candidate().tell(new LeaseEvent.Tick())).containsExactly(new LeaseAction.Read(1));
    }

    @Test
    void theFirstSightOfAHeldLeaseIsWaitedForAWholeDuration() {
        // given a Lease whose holder may have died long ago
        Candidate candidate = Candidate.thatFollows(keepers(10));
        // when nothing is heard of it
        List<LeaseAction> asked = candidate.run(15_304 * MILLI, MILLI, read -> found(keepers(10)));
        // then
        assertThat(asked).isNotEmpty().allMatch(LeaseAction.Read.class::isInstance);
    }

    @Test
    void aSilentHoldersLeaseIsClaimedWhenTheWaitIsOver() {
        // given
        Candidate candidate = Candidate.thatFollows(keepers(10));
        candidate.now = T0 + 15_305 * MILLI - 1;
        candidate.see(keepers(10));
        // when
        List<LeaseAction> asked = candidate.pass(1);
        // then
        assertThat(asked)
                .containsExactly(new LeaseAction.Replace(
                        2, keepers(10), new LeaseDraft("node-1", 15, 4, true, ME.marks("node-1", 4, 2, List.of()))));
    }

    @Test
    void eachRenewalOfTheHolderBeginsTheWaitAnew() {
        // given
        Candidate candidate = Candidate.thatFollows(keepers(10));
        candidate.now = T0 + 15 * SECOND;
        // when
        candidate.see(keepers(11));
        // then
        assertThat(candidate.state.sighting().orElseThrow().claimableAtNanos())
                .isEqualTo(T0 + 15 * SECOND + 15_305 * MILLI);
    }

    @Test
    void anAnnotationOfSomebodyDoesNotBeginTheWaitAnew() {
        // given
        Candidate candidate = Candidate.thatFollows(keepers(10));
        candidate.now = T0 + 15 * SECOND;
        // when
        candidate.see(Candidate.with(keepers(10), Map.of("note", "hello")));
        // then
        assertThat(candidate.state.sighting().orElseThrow().claimableAtNanos()).isEqualTo(T0 + 15_305 * MILLI);
    }

    @Test
    void aReleasedLeaseIsClaimedAtOnce() {
        // given
        Candidate candidate = Candidate.thatFollows(keepers(10));
        // when
        List<LeaseAction> asked = candidate.see(freedByKeeper());
        // then
        assertThat(asked).hasOnlyElementsOfType(LeaseAction.Replace.class).hasSize(1);
    }

    @Test
    void thePreviousLifesLeaseIsClaimedAtOnceUnderItsTransition() {
        // given
        LeaseRecord before = record(9, "node-1", 15, 3, "r", previousLife().marks("node-1", 3, 88, List.of()));
        // when
        Candidate candidate = new Candidate();
        candidate.tell(new LeaseEvent.Eligible(true, LossReason.NOT_ELIGIBLE));
        List<LeaseAction> asked = candidate.answer(found(before));
        // then
        assertThat(asked)
                .containsExactly(new LeaseAction.Replace(
                        2, before, new LeaseDraft("node-1", 15, 3, true, ME.marks("node-1", 3, 2, List.of()))));
    }

    @Test
    void whoIsNotFitOnlyWatches() {
        // given
        Candidate candidate = new Candidate();
        candidate.tell(new LeaseEvent.Tick());
        candidate.answer(found(freedByKeeper()));
        // when
        List<LeaseAction> asked = candidate.run(60 * SECOND, MILLI, read -> found(freedByKeeper()));
        // then
        assertThat(asked).isNotEmpty().allMatch(LeaseAction.Read.class::isInstance);
    }

    @Test
    void aFollowerWhoseWatchIsSilentReadsAfterTwoRetryPeriods() {
        // given
        Candidate candidate = Candidate.thatFollows(keepers(10));
        // when
        List<LeaseAction> early = candidate.pass(4 * SECOND - 1);
        // then
        assertThat(early).isEmpty();
        assertThat(candidate.pass(1)).containsExactly(new LeaseAction.Read(2));
    }

    @Test
    void theRightIsCountedFromBeforeTheSending() {
        // given
        Candidate candidate = Candidate.thatFollows(freedByKeeper());
        candidate.now += 1900 * MILLI;
        // when
        candidate.grant();
        // then
        assertThat(candidate.holder().rightEndsNanos()).isEqualTo(T0 + 10 * SECOND);
    }

    @Test
    void aHolderRenewsOnceARetryPeriodCountedFromTheSending() {
        // given
        Candidate candidate = Candidate.thatHolds();
        // when
        List<LeaseAction> asked = candidate.run(61 * SECOND, 30 * MILLI, write -> found(candidate.ownRecord()));
        // then
        assertThat(asked).hasSize(30).allMatch(LeaseAction.Replace.class::isInstance);
    }

    @Test
    void aRenewalKeepsTransitionsAndAcquireTime() {
        // given
        Candidate candidate = Candidate.thatHolds();
        LeaseRecord own = candidate.state.record().orElseThrow();
        // when
        List<LeaseAction> asked = candidate.pass(2 * SECOND);
        // then
        assertThat(asked)
                .containsExactly(new LeaseAction.Replace(
                        3, own, new LeaseDraft("node-1", 15, 7, false, ME.marks("node-1", 7, 3, List.of()))));
    }

    @Test
    void withoutAnyAnswerTheRightEndsAtItsMomentAndNotBefore() {
        // given
        Candidate candidate = Candidate.thatHolds();
        // when
        candidate.pass(10 * SECOND - 1);
        boolean before = candidate.holds();
        candidate.pass(1);
        // then
        assertThat(before).isTrue();
        assertThat(candidate.state.role()).isEqualTo(follower(LossReason.RENEW_DEADLINE));
    }

    @Test
    void theCoreAsksToBeWokenWhenTheRightEnds() {
        // given a holder with a renewal under way
        Candidate candidate = Candidate.thatHolds();
        candidate.pass(9 * SECOND);
        // when
        long wake = candidate.decision.wakeAt(candidate.state, candidate.now);
        // then
        assertThat(wake).isEqualTo(T0 + 10 * SECOND);
    }

    @Test
    void aRenewalThatIsAnsweredAfterTheRightEndedGivesOnlyWhatItsSendingGives() {
        // given
        Candidate candidate = Candidate.thatHolds();
        candidate.pass(9 * SECOND);
        // when
        candidate.now = T0 + 10 * SECOND + 500 * MILLI;
        candidate.grant();
        // then
        assertThat(candidate.holder().rightEndsNanos()).isEqualTo(T0 + 19 * SECOND);
    }

    @Test
    void anAnswerThatIsOlderThanTheRightItWouldGiveGivesNone() {
        // given a process that was paused between sending and answer
        Candidate candidate = Candidate.thatFollows(freedByKeeper());
        // when
        candidate.now += 10 * SECOND;
        candidate.grant();
        // then
        assertThat(candidate.holds()).isFalse();
    }

    @Test
    void anAnswerToAnAttemptThatWasGivenUpProlongsNothing() {
        // given a renewal that was followed by another
        Candidate candidate = Candidate.thatHolds();
        candidate.pass(2 * SECOND);
        LeaseRecord late = candidate.ownRecord();
        candidate.pass(2 * SECOND);
        // when
        candidate.tell(new LeaseEvent.Answered(3, found(late)));
        // then
        assertThat(candidate.holder().rightEndsNanos()).isEqualTo(T0 + 10 * SECOND);
    }

    @Test
    void anAnswerThatComesTwiceCountsOnce() {
        // given
        Candidate candidate = Candidate.thatHolds();
        LeaseState once = candidate.state;
        // when
        candidate.tell(new LeaseEvent.Answered(2, found(candidate.state.record().orElseThrow())));
        // then
        assertThat(candidate.state.role()).isEqualTo(once.role());
    }

    @Test
    void aClaimWithAnUnknownResultIsClaimedAgainWhenItTurnsOutToBeApplied() {
        // given
        Candidate candidate = Candidate.thatFollows(freedByKeeper());
        LeaseRecord applied = candidate.ownRecord();
        candidate.answer(new LeaseAnswer.Failed(ApiFailure.TIMEOUT, "no answer"));
        // when the watch tells of it
        List<LeaseAction> asked = candidate.see(applied);
        // then nothing is held by it
        assertThat(candidate.holds()).isFalse();
        // and after a read the next write says for how long
        assertThat(asked).isEmpty();
        assertThat(candidate.pass(2 * SECOND)).containsExactly(new LeaseAction.Read(3));
        assertThat(candidate.answer(found(applied)))
                .containsExactly(new LeaseAction.Replace(
                        4, applied, new LeaseDraft("node-1", 15, 7, false, ME.marks("node-1", 7, 4, List.of()))));
    }

    @Test
    void aLeaseThatNamesAnotherEndsTheRightAtOnce() {
        // given
        Candidate candidate = Candidate.thatHolds();
        // when
        candidate.see(keepers(200));
        // then
        assertThat(candidate.state.role()).isEqualTo(follower(LossReason.TAKEN));
    }

    @Test
    void aWatchedVersionFromBeforeTheClaimIsOnlyLate() {
        // given
        Candidate candidate = Candidate.thatHolds();
        // when
        candidate.see(keepers(49));
        // then
        assertThat(candidate.holds()).isTrue();
    }

    @Test
    void whoLostFollowsAndMayHoldAgainInTheSameProcess() {
        // given
        Candidate candidate = Candidate.thatHolds();
        candidate.see(foreign(200));
        // when
        candidate.now += 2 * SECOND;
        candidate.see(freedLater());
        candidate.grant();
        // then
        assertThat(candidate.holds()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aCountOfTransitionsBeyondAllBoundsBeginsAgain(int transitions) {
        // given
        LeaseRecord free = record(9, "", 1, transitions, "r", Candidate.OTHER.marks("", transitions, 1, List.of()));
        Candidate candidate = new Candidate();
        candidate.tell(new LeaseEvent.Eligible(true, LossReason.NOT_ELIGIBLE));
        // when
        List<LeaseAction> asked = candidate.answer(found(free));
        // then
        assertThat(asked)
                .containsExactly(new LeaseAction.Replace(
                        2, free, new LeaseDraft("node-1", 15, 0, true, ME.marks("node-1", 0, 2, List.of()))));
    }

    /** An API server refuses a negative count, so a claim that kept it was refused for ever. */
    @Test
    void aNegativeCountOfThePreviousLifeBeginsAgain() {
        // given
        LeaseRecord own = record(9, "node-1", 15, -1, "r", previousLife().marks("node-1", -1, 1, List.of()));
        Candidate candidate = new Candidate();
        candidate.tell(new LeaseEvent.Eligible(true, LossReason.NOT_ELIGIBLE));
        // when
        List<LeaseAction> asked = candidate.answer(found(own));
        // then
        assertThat(asked)
                .containsExactly(new LeaseAction.Replace(
                        2, own, new LeaseDraft("node-1", 15, 0, true, ME.marks("node-1", 0, 2, List.of()))));
    }

    private static ElectorId previousLife() {
        return new ElectorId("node-1", "machine-1", "process-0");
    }

    private static LeaseRecord freedLater() {
        return record(300, "", 1, 8, "at 300", Candidate.OTHER.marks("", 8, 9, List.of()));
    }

    private static LeaseAnswer found(LeaseRecord record) {
        return new LeaseAnswer.Found(record);
    }

    private static LeaseRole follower(LossReason reason) {
        return new LeaseRole.Follower(Optional.of(reason));
    }
}
