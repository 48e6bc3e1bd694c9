package io.vipkeeper.lease;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static io.vipkeeper.lease.Candidate.ME;
import static io.vipkeeper.lease.Candidate.MILLI;
import static io.vipkeeper.lease.Candidate.SECOND;
import static io.vipkeeper.lease.Candidate.T0;
import static io.vipkeeper.lease.Candidate.foreign;
import static io.vipkeeper.lease.Candidate.freedByKeeper;
import static io.vipkeeper.lease.Candidate.keepers;
import static io.vipkeeper.lease.Candidate.record;
import static io.vipkeeper.lease.Candidate.with;
import static io.vipkeeper.lease.Candidate.withoutMarks;
import static org.assertj.core.api.Assertions.assertThat;

/** Whatever an API server says, and whatever somebody does to the Lease, has a decided behaviour. */
class LeaseFaultsTest {
    private static final long TEN_MINUTES = 600 * SECOND;

    @ParameterizedTest
    @EnumSource(ApiFailure.class)
    void noFailureEndsAHoldersRightEarlyOrLate(ApiFailure cause) {
        // given
        Candidate candidate = Candidate.thatHolds();
        // when
        candidate.run(10 * SECOND - 1 - MILLI, MILLI, any -> failed(cause));
        boolean before = candidate.holds();
        candidate.now = T0 + 10 * SECOND;
        candidate.tell(new LeaseEvent.Tick());
        // then
        assertThat(before).isTrue();
        assertThat(candidate.state.role()).isEqualTo(follower(LossReason.RENEW_DEADLINE));
    }

    @ParameterizedTest
    @CsvSource({
        "UNAUTHORIZED, 2000",
        "FORBIDDEN, 2000",
        "REJECTED, 2000",
        "THROTTLED, 2000",
        "NOT_CONFIGURED, 2000",
        "SERVER_ERROR, 500",
        "TIMEOUT, 500",
        "UNREACHABLE, 500",
        "NONSENSE, 500"
    })
    void aHolderTriesAgainSoonUnlessTheServerMeantIt(ApiFailure cause, long millis) {
        // given
        Candidate candidate = Candidate.thatHolds();
        candidate.pass(2 * SECOND);
        // when
        candidate.answer(failed(cause));
        // then
        assertThat(candidate.pass(millis * MILLI - 1)).isEmpty();
        assertThat(candidate.pass(1)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "THROTTLED, 2000",
        "UNAUTHORIZED, 500",
        "FORBIDDEN, 500",
        "REJECTED, 500",
        "NOT_CONFIGURED, 500",
        "SERVER_ERROR, 50",
        "TIMEOUT, 50",
        "UNREACHABLE, 50",
        "NONSENSE, 50"
    })
    void aProcessThatHasReadNothingYetAsksAServerThatIsStartingOften(ApiFailure cause, long millis) {
        // given
        Candidate candidate = Candidate.thatHasRead(failed(cause));
        // then
        assertThat(candidate.pass(millis * MILLI - 1)).isEmpty();
        assertThat(candidate.pass(1)).singleElement().isInstanceOf(LeaseAction.Read.class);
    }

    @Test
    void aSilentServerThatIsStartingIsWaitedForByTwoReadsAtATime() {
        // given a process that has read nothing yet, and whose requests last for a retry period
        Candidate candidate = Candidate.thatHasRead(failed(ApiFailure.UNREACHABLE));
        assertThat(candidate.pass(50 * MILLI)).hasSize(1);
        // when nothing is answered
        assertThat(candidate.pass(SECOND - 1)).isEmpty();
        // then
        assertThat(candidate.pass(1)).singleElement().isInstanceOf(LeaseAction.Read.class);
        assertThat(candidate.pass(SECOND - 1)).isEmpty();
        assertThat(candidate.pass(1)).singleElement().isInstanceOf(LeaseAction.Read.class);
    }

    @ParameterizedTest
    @EnumSource(ApiFailure.class)
    void aFollowerAsksOnceARetryPeriodForTenMinutesOfAnyFailure(ApiFailure cause) {
        // given
        Candidate candidate = Candidate.thatFollows(keepers(10));
        // when
        List<LeaseAction> asked = candidate.run(TEN_MINUTES, MILLI, any -> failed(cause));
        // then
        assertThat(asked).hasSizeBetween(290, 301);
    }

    @ParameterizedTest
    @EnumSource(ApiFailure.class)
    void afterAnyFailureAFollowerStillTakesOver(ApiFailure cause) {
        // given
        Candidate candidate = Candidate.thatFollows(keepers(10));
        candidate.run(TEN_MINUTES, MILLI, any -> failed(cause));
        // when the server answers again
        candidate.run(
                5 * SECOND,
                MILLI,
                any -> any instanceof LeaseAction.Read ? found(keepers(10)) : found(candidate.ownRecord()));
        // then
        assertThat(candidate.holds()).isTrue();
    }

    @Test
    void aBusyWatchDoesNotKeepAFollowerFromAskingAgainAfterAFailure() {
        // given a follower whose request failed
        Candidate candidate = Candidate.thatFollows(keepers(60));
        candidate.pass(4 * SECOND);
        candidate.answer(failed(ApiFailure.TIMEOUT));
        // when its watch shows each renewal of the holder, so that no poll is ever due
        List<LeaseAction> asked = new ArrayList<>();
        for (int renewal = 61; renewal < 63; renewal++) {
            candidate.now += SECOND;
            asked.addAll(candidate.see(keepers(renewal)));
        }
        // then it asks until there is an answer, since nothing else says that it could take over
        assertThat(asked).singleElement().isInstanceOf(LeaseAction.Read.class);
    }

    @Test
    void aFailureThatComesAfterItsAttemptWasGivenUpIsAskedAboutThoughTheWatchIsBusy() {
        // given an attempt that is given up in the very step in which the watch shows a renewal
        Candidate candidate = Candidate.thatFollows(keepers(60));
        candidate.pass(4 * SECOND);
        long attempt = candidate.state.pending().orElseThrow().request();
        candidate.now += 2 * SECOND;
        candidate.see(keepers(61));
        // when its failure comes
        List<LeaseAction> asked = candidate.tell(new LeaseEvent.Answered(attempt, failed(ApiFailure.TIMEOUT)));
        // then
        assertThat(asked).singleElement().isInstanceOf(LeaseAction.Read.class);
    }

    @Test
    void aHungRequestIsGivenUpAfterARetryPeriod() {
        // given a renewal under way
        Candidate candidate = Candidate.thatHolds();
        candidate.pass(2 * SECOND);
        // when
        List<LeaseAction> early = candidate.pass(2 * SECOND - 1);
        // then
        assertThat(early).isEmpty();
        assertThat(candidate.pass(1)).hasSize(1);
    }

    @Test
    void oneConflictIsAnsweredAtOnceByReading() {
        // given
        Candidate candidate = Candidate.thatHolds();
        candidate.pass(2 * SECOND);
        // when
        List<LeaseAction> asked = candidate.answer(new LeaseAnswer.Conflict());
        // then
        assertThat(asked).hasOnlyElementsOfType(LeaseAction.Read.class).hasSize(1);
    }

    @Test
    void conflictsInARowMakeNoTightLoop() {
        // given
        Candidate candidate = Candidate.thatHolds();
        candidate.pass(2 * SECOND);
        // when every write meets another version, and the Lease is ours whenever it is read
        List<LeaseAction> asked = candidate.run(SECOND, MILLI, any -> conflictUnlessRead(any));
        // then the renewal that was under way is among neither
        assertThat(asked).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void aPermanentConflictIsAskedAboutTwiceARetryPeriod() {
        // given
        Candidate candidate = Candidate.thatHolds();
        // when
        List<LeaseAction> asked = candidate.run(TEN_MINUTES, MILLI, any -> conflictUnlessRead(any));
        // then
        assertThat(asked).hasSizeBetween(300, 610);
    }

    @Test
    void aPermanentRefusalIsAskedAboutOnceARetryPeriod() {
        // given
        Candidate candidate = Candidate.thatHolds();
        // when
        List<LeaseAction> asked = candidate.run(TEN_MINUTES, MILLI, any -> failed(ApiFailure.FORBIDDEN));
        // then
        assertThat(asked).hasSizeBetween(290, 301);
    }

    /** A namespace that does not exist answers 404 to a creation, too. */
    @ParameterizedTest
    @EnumSource(
            names = {"HOLDER", "FOLLOWER"},
            value = Role.class)
    void aLeaseThatCannotBeCreatedMakesNoTightLoop(Role role) {
        // given
        Candidate candidate =
                role == Role.HOLDER ? Candidate.thatHolds() : Candidate.thatHasRead(new LeaseAnswer.Missing());
        // when
        List<LeaseAction> asked = candidate.run(TEN_MINUTES, MILLI, any -> new LeaseAnswer.Missing());
        // then
        assertThat(asked).hasSizeBetween(140, 610);
    }

    enum Role {
        HOLDER,
        FOLLOWER
    }

    @Test
    void aHolderWhoseLeaseIsDeletedCreatesItAtOnceAndItsRightGoesOn() {
        // given
        Candidate candidate = Candidate.thatHolds();
        candidate.now += SECOND;
        // when
        List<LeaseAction> asked = candidate.tell(new LeaseEvent.Gone());
        // then
        assertThat(asked)
                .containsExactly(new LeaseAction.Create(
                        3, new LeaseDraft("node-1", 15, 0, true, ME.marks("node-1", 0, 3, List.of()))));
        assertThat(candidate.holder().rightEndsNanos()).isEqualTo(T0 + 10 * SECOND);
    }

    @Test
    void aHolderThatLearnsOfTheDeletionByItsRenewalCreatesTheLease() {
        // given
        Candidate candidate = Candidate.thatHolds();
        candidate.pass(2 * SECOND);
        // when
        List<LeaseAction> asked = candidate.answer(new LeaseAnswer.Missing());
        // then
        assertThat(asked).hasOnlyElementsOfType(LeaseAction.Create.class).hasSize(1);
    }

    @Test
    void aFollowerWhoseLeaseIsDeletedReadsAndWaitsAWholeDuration() {
        // given
        Candidate candidate = Candidate.thatFollows(keepers(10));
        candidate.now += SECOND;
        // when
        List<LeaseAction> asked = candidate.tell(new LeaseEvent.Gone());
        List<LeaseAction> waiting = candidate.run(15_304 * MILLI, MILLI, any -> new LeaseAnswer.Missing());
        // then
        assertThat(asked).hasOnlyElementsOfType(LeaseAction.Read.class);
        assertThat(waiting).allMatch(LeaseAction.Read.class::isInstance);
    }

    @Test
    void aFollowerCreatesAMissingLeaseAfterTheWait() {
        // given
        Candidate candidate = Candidate.thatHasRead(new LeaseAnswer.Missing());
        // when
        List<LeaseAction> asked = candidate.run(
                16 * SECOND,
                MILLI,
                any -> any instanceof LeaseAction.Create ? found(candidate.ownRecord()) : new LeaseAnswer.Missing());
        // then
        assertThat(asked).anyMatch(LeaseAction.Create.class::isInstance);
        assertThat(candidate.holds()).isTrue();
    }

    @Test
    void aWatchThatBeginsAnewAgainAndAgainDoesNotPutOffTheCreation() {
        // given
        Candidate candidate = Candidate.thatHasRead(new LeaseAnswer.Missing());
        List<LeaseAction> asked = new ArrayList<>();
        // when
        for (int second = 0; second < 20; second += 2) {
            asked.addAll(candidate.run(2 * SECOND, MILLI, any -> new LeaseAnswer.Missing()));
            asked.addAll(candidate.tell(new LeaseEvent.Gone()));
            candidate.state.pending().ifPresent(read -> candidate.answer(new LeaseAnswer.Missing()));
        }
        // then
        assertThat(asked).anyMatch(LeaseAction.Create.class::isInstance);
    }

    @Test
    void aMissingLeaseThatWasNotLookedAtForLongIsReadBeforeItIsCreated() {
        // given a process that was paused
        Candidate candidate = Candidate.thatHasRead(new LeaseAnswer.Missing());
        // when
        List<LeaseAction> asked = candidate.pass(60 * SECOND);
        // then
        assertThat(asked).hasOnlyElementsOfType(LeaseAction.Read.class).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aHolderWhoseLeaseIsEditedStepsDown(String edit, LeaseRecord edited, LossReason reason) {
        // given
        Candidate candidate = Candidate.thatHolds();
        // when
        candidate.see(edited);
        // then
        assertThat(candidate.state.role()).isEqualTo(follower(reason));
    }

    static Stream<Arguments> aHolderWhoseLeaseIsEditedStepsDown() {
        LeaseRecord own = Candidate.thatHolds().state.record().orElseThrow();
        return Stream.of(
                row("holder emptied", with(own, "", 15, 7), LossReason.EMPTIED),
                row("another name", with(own, "nobody-we-know", 15, 7), LossReason.TAKEN),
                row("marks removed", withoutMarks(own), LossReason.TWIN),
                row("transitions negative", with(own, "node-1", 15, -7), LossReason.TWIN),
                row("transitions MAX", with(own, "node-1", 15, Integer.MAX_VALUE), LossReason.TWIN),
                row(
                        "a twin's marks",
                        with(own, new ElectorId("node-1", "machine-9", "p").marks("node-1", 7, 2, List.of())),
                        LossReason.TWIN));
    }

    @ParameterizedTest
    @CsvSource({"0", "-5", "-2147483648", "2147483647"})
    void aHolderWhoseDurationIsEditedGoesOnAndWritesItsOwn(int seconds) {
        // given
        Candidate candidate = Candidate.thatHolds();
        LeaseRecord own = candidate.state.record().orElseThrow();
        // when
        candidate.see(with(own, "node-1", seconds, 7));
        List<LeaseAction> asked = candidate.pass(2 * SECOND);
        // then
        assertThat(candidate.holds()).isTrue();
        assertThat(asked).singleElement().isInstanceOfSatisfying(LeaseAction.Replace.class, replace -> assertThat(
                        replace.draft().leaseDurationSeconds())
                .isEqualTo(15));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aFollowerWaitsForAnEditedLease(String edit, LeaseRecord edited, long millis) {
        // given
        Candidate candidate = Candidate.thatFollows(keepers(10));
        candidate.now += SECOND;
        // when
        candidate.see(edited);
        // then
        assertThat(candidate.state.sighting().orElseThrow().claimableAtNanos() - candidate.now)
                .isEqualTo(millis * MILLI);
    }

    static Stream<Arguments> aFollowerWaitsForAnEditedLease() {
        LeaseRecord held = keepers(10);
        return Stream.of(
                row("holder emptied", with(held, "", 15, 3), 15_305L),
                row("another name", with(held, "nobody-we-know", 15, 3), 33_155L),
                row("our own name", with(held, "node-1", 15, 3), 33_155L),
                row("duration negative", with(held, "node-2", -5, 3), 15_305L),
                row("duration zero", with(held, "node-2", 0, 3), 15_305L),
                row("duration huge", with(held, "node-2", Integer.MAX_VALUE, 3), 612_005L),
                row("transitions negative", with(held, "node-2", 15, -3), 33_155L),
                row("transitions MAX", with(held, "node-2", 15, Integer.MAX_VALUE), 33_155L),
                row(
                        "year 9999",
                        record(11, "node-2", 15, 3, "9999-12-31T23:59:59.999999Z", held.annotations()),
                        33_155L),
                row("no times", record(11, "node-2", 15, 3, "", held.annotations()), 33_155L));
    }

    @Test
    void marksRemovedFromAKnownRecordDoNotBeginTheWaitAnew() {
        // given
        Candidate candidate = Candidate.thatFollows(keepers(10));
        candidate.now += SECOND;
        // when
        candidate.see(withoutMarks(keepers(10)));
        // then
        assertThat(candidate.state.sighting().orElseThrow().claimableAtNanos()).isEqualTo(T0 + 15_305 * MILLI);
    }

    @Test
    void ownRecordRenewedByAnElectorWithoutMarksIsATwins() {
        // given
        Candidate candidate = Candidate.thatHolds();
        LeaseRecord own = candidate.state.record().orElseThrow();
        // when it keeps our annotations, as client-go does
        candidate.see(record(300, "node-1", 15, 7, "at 300", own.annotations()));
        // then
        assertThat(candidate.state.role()).isEqualTo(follower(LossReason.TWIN));
    }

    @Test
    void whoSteppedDownForANamesakeWaitsAsForAnyForeignHolder() {
        // given
        Candidate candidate = Candidate.thatHolds();
        LeaseRecord own = candidate.state.record().orElseThrow();
        Map<String, String> kept = own.annotations();
        candidate.see(record(300, "node-1", 15, 7, "at 300", kept));
        // when it goes on renewing for a minute
        int[] version = {300};
        List<LeaseAction> asked = candidate.run(60 * SECOND, MILLI, any -> {
            version[0]++;
            return found(record(version[0], "node-1", 15, 7, "at " + version[0], kept));
        });
        // then
        assertThat(asked).isNotEmpty().allMatch(LeaseAction.Read.class::isInstance);
    }

    @Test
    void aWriteThatIsAnsweredWithSomebodyElsesRecordGivesNoRight() {
        // given
        Candidate candidate = Candidate.thatFollows(freedByKeeper());
        // when
        candidate.answer(found(foreign(99)));
        // then
        assertThat(candidate.holds()).isFalse();
    }

    @Test
    void aClaimThatTheWatchShowsDoneCountsFromWhenItWasSentAndNeedsNoAnswer() {
        // given
        Candidate candidate = Candidate.thatFollows(freedByKeeper());
        LeaseRecord claimed = candidate.ownRecord();
        long request = candidate.state.pending().orElseThrow().request();
        // when
        candidate.pass(100 * MILLI);
        candidate.see(claimed);
        boolean heldBefore = candidate.holds();
        candidate.pass(100 * MILLI);
        candidate.tell(new LeaseEvent.Answered(request, failed(ApiFailure.TIMEOUT)));
        // then
        assertThat(heldBefore).isTrue();
        assertThat(candidate.holder().sentNanos()).isEqualTo(T0);
        assertThat(candidate.state.mustRead()).isFalse();
    }

    @Test
    void anEarlierClaimOfThisProcessThatTheWatchShowsIsNotTheOneThatIsUnderWay() {
        // given
        Candidate candidate = Candidate.thatFollows(freedByKeeper());
        LeaseRecord earlier = candidate.ownRecord();
        candidate.answer(failed(ApiFailure.TIMEOUT));
        candidate.pass(3 * SECOND);
        candidate.answer(found(freedByKeeper()));
        // when
        candidate.see(earlier);
        // then
        assertThat(candidate.state.pending()).isPresent();
        assertThat(candidate.holds()).isFalse();
    }

    private static LeaseAnswer conflictUnlessRead(LeaseAction action) {
        return action instanceof LeaseAction.Read
                ? found(record(
                        900 + (int) action.request(),
                        "node-1",
                        15,
                        7,
                        "r" + action.request(),
                        ME.marks("node-1", 7, action.request(), List.of())))
                : new LeaseAnswer.Conflict();
    }

    @Test
    void aFollowerThatWasRefusedAsksUntilItIsAnsweredEvenIfItsWatchIsWell() {
        // given
        Candidate candidate = Candidate.thatFollows(record(100, "node-2", 15, 7, "r1", Map.of()));
        candidate.pass(SECOND * 5);
        candidate.answer(failed(ApiFailure.FORBIDDEN));
        // when the watch goes on
        candidate.see(record(101, "node-2", 15, 7, "r2", Map.of()));
        // then
        assertThat(candidate.pass(2 * SECOND)).hasSize(1).allMatch(LeaseAction.Read.class::isInstance);
    }

    private static Arguments row(Object... cells) {
        return Arguments.of(cells);
    }

    private static LeaseAnswer failed(ApiFailure cause) {
        return new LeaseAnswer.Failed(cause, "as told");
    }

    private static LeaseAnswer found(LeaseRecord record) {
        return new LeaseAnswer.Found(record);
    }

    private static LeaseRole follower(LossReason reason) {
        return new LeaseRole.Follower(Optional.of(reason));
    }

    @Test
    void anAnswerThatIsOlderThanWhatWasSeenSinceTheRequestLeftIsOnlyLate() {
        // given a read under way, and meanwhile the watch shows a newer version
        Candidate candidate = Candidate.thatFollows(keepers(100));
        candidate.pass(5 * SECOND);
        assertThat(candidate.state.pending()).isPresent();
        candidate.now += MILLI;
        candidate.see(keepers(102));
        Sighting newest = candidate.state.sighting().orElseThrow();

        // when another API server answers with an older one
        candidate.now += MILLI;
        candidate.answer(new LeaseAnswer.Found(keepers(101)));

        // then
        assertThat(candidate.state.sighting()).contains(newest);
    }

    @Test
    void aStoreThatWasSetBackIsBelieved() {
        // given
        Candidate candidate = Candidate.thatFollows(keepers(100));

        // when a read that began after that finds an older version
        candidate.pass(5 * SECOND);
        candidate.now += MILLI;
        candidate.answer(new LeaseAnswer.Found(keepers(60)));

        // then
        assertThat(candidate.state.record()).contains(keepers(60));
    }
}
