package io.vipkeeper.lease;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import static io.vipkeeper.lease.Candidate.ME;
import static io.vipkeeper.lease.Candidate.SECOND;
import static io.vipkeeper.lease.Candidate.T0;
import static io.vipkeeper.lease.Candidate.freedByKeeper;
import static io.vipkeeper.lease.Candidate.keepers;
import static io.vipkeeper.lease.Candidate.record;
import static org.assertj.core.api.Assertions.assertThat;

/** Giving up: the address goes first, the Lease follows, and nothing holds up the end. */
class LeavingTest {

    @Test
    void aHolderThatIsStoppedWritesNothingUntilItsAddressIsOff() {
        // given
        Candidate candidate = Candidate.thatHolds();
        LeaseRole.Holder held = candidate.holder();
        // when
        List<LeaseAction> asked = candidate.tell(new LeaseEvent.Stop());
        // then
        assertThat(asked).isEmpty();
        assertThat(candidate.state.role())
                .isEqualTo(new LeaseRole.Leaving(LossReason.STOPPED, T0 + SECOND, false, Optional.of(held)));
    }

    @Test
    void whenTheAddressIsOffTheLeaseIsReleased() {
        // given
        Candidate candidate = Candidate.thatHolds();
        LeaseRecord own = candidate.state.record().orElseThrow();
        candidate.tell(new LeaseEvent.Stop());
        // when
        List<LeaseAction> asked = candidate.tell(new LeaseEvent.AddressOff());
        // then
        assertThat(asked)
                .containsExactly(
                        new LeaseAction.Replace(3, own, new LeaseDraft("", 1, 7, true, ME.marks("", 7, 3, List.of()))));
    }

    @Test
    void aReleaseEndsTheStop() {
        // given
        Candidate candidate = stoppedWithItsAddressOff();
        // when
        candidate.answer(new LeaseAnswer.Found(freedByMe()));
        // then
        assertThat(candidate.state.role()).isEqualTo(new LeaseRole.Stopped());
    }

    @Test
    void aReleaseWithoutAnAnswerEndsAfterASecond() {
        // given
        Candidate candidate = stoppedWithItsAddressOff();
        // when
        candidate.pass(SECOND - 1);
        LeaseRole before = candidate.state.role();
        candidate.pass(1);
        // then
        assertThat(before).isInstanceOf(LeaseRole.Leaving.class);
        assertThat(candidate.state.role()).isEqualTo(new LeaseRole.Stopped());
    }

    @Test
    void anAddressThatDoesNotGoLeavesTheLeaseAlone() {
        // given
        Candidate candidate = Candidate.thatHolds();
        candidate.tell(new LeaseEvent.Stop());
        // when
        List<LeaseAction> asked = candidate.pass(SECOND);
        // then
        assertThat(asked).isEmpty();
        assertThat(candidate.state.role()).isEqualTo(new LeaseRole.Stopped());
    }

    @Test
    void aReleaseThatMeetsAnotherVersionReadsAndReleasesThat() {
        // given a renewal that overtook the release
        Candidate candidate = Candidate.thatHolds();
        candidate.pass(2 * SECOND);
        candidate.tell(new LeaseEvent.Stop());
        candidate.tell(new LeaseEvent.AddressOff());
        LeaseRecord renewed = record(400, "node-1", 15, 7, "at 400", ME.marks("node-1", 7, 3, List.of()));
        candidate.answer(new LeaseAnswer.Conflict());
        // when
        List<LeaseAction> asked = candidate.answer(new LeaseAnswer.Found(renewed));
        // then
        assertThat(asked)
                .containsExactly(new LeaseAction.Replace(
                        6, renewed, new LeaseDraft("", 1, 7, true, ME.marks("", 7, 6, List.of()))));
    }

    @Test
    void aLeaseThatSomebodyTookIsNotReleased() {
        // given
        Candidate candidate = stoppedWithItsAddressOff();
        candidate.answer(new LeaseAnswer.Conflict());
        // when
        List<LeaseAction> asked = candidate.answer(new LeaseAnswer.Found(keepers(400)));
        // then
        assertThat(asked).isEmpty();
        assertThat(candidate.state.role()).isEqualTo(new LeaseRole.Stopped());
    }

    @Test
    void aLeaseThatIsGoneNeedsNoRelease() {
        // given
        Candidate candidate = stoppedWithItsAddressOff();
        // when
        candidate.answer(new LeaseAnswer.Missing());
        // then
        assertThat(candidate.state.role()).isEqualTo(new LeaseRole.Stopped());
    }

    @Test
    void aRenewalThatIsAnsweredDuringTheStopGivesNoNewRight() {
        // given
        Candidate candidate = Candidate.thatHolds();
        candidate.pass(2 * SECOND);
        candidate.tell(new LeaseEvent.Stop());
        // when
        candidate.grant();
        // then
        assertThat(candidate.state.role()).isInstanceOf(LeaseRole.Leaving.class);
    }

    @Test
    void aFollowerThatIsStoppedEndsAtOnce() {
        // given
        Candidate candidate = Candidate.thatFollows(keepers(10));
        // when
        List<LeaseAction> asked = candidate.tell(new LeaseEvent.Stop());
        // then
        assertThat(asked).isEmpty();
        assertThat(candidate.state.role()).isEqualTo(new LeaseRole.Stopped());
    }

    @Test
    void aStopWaitsForAClaimThatIsUnderWayAndReleasesWhatItWon() {
        // given
        Candidate candidate = Candidate.thatFollows(freedByKeeper());
        candidate.tell(new LeaseEvent.Stop());
        boolean waits = candidate.state.role() instanceof LeaseRole.Follower;
        // when
        candidate.grant();
        // then
        assertThat(waits).isTrue();
        assertThat(candidate.state.role()).isEqualTo(leaving(LossReason.STOPPED, false, T0 + 2 * SECOND));
    }

    @Test
    void aStopEndsWhenTheClaimUnderWayIsLost() {
        // given
        Candidate candidate = Candidate.thatFollows(freedByKeeper());
        candidate.tell(new LeaseEvent.Stop());
        // when
        candidate.answer(new LeaseAnswer.Conflict());
        // then
        assertThat(candidate.state.role()).isEqualTo(new LeaseRole.Stopped());
    }

    @Test
    void aStopEndsWhenTheClaimUnderWayIsNeverAnswered() {
        // given
        Candidate candidate = Candidate.thatFollows(freedByKeeper());
        candidate.tell(new LeaseEvent.Stop());
        // when
        candidate.pass(2 * SECOND);
        // then
        assertThat(candidate.state.role()).isEqualTo(new LeaseRole.Stopped());
    }

    @Test
    void whoseRightHasLapsedStillReleasesALeaseThatNamesIt() {
        // given
        Candidate candidate = Candidate.thatHolds();
        candidate.pass(10 * SECOND);
        // when
        candidate.tell(new LeaseEvent.Stop());
        List<LeaseAction> asked = candidate.tell(new LeaseEvent.AddressOff());
        // then
        assertThat(asked).singleElement().isInstanceOfSatisfying(LeaseAction.Replace.class, replace -> assertThat(
                        replace.draft().holderIdentity())
                .isEmpty());
    }

    @Test
    void aHolderThatIsNoLongerFitReleasesAndFollows() {
        // given
        Candidate candidate = Candidate.thatHolds();
        candidate.tell(new LeaseEvent.Eligible(false, LossReason.LINK));
        candidate.tell(new LeaseEvent.AddressOff());
        // when
        List<LeaseAction> asked = candidate.answer(new LeaseAnswer.Found(freedByMe()));
        // then
        assertThat(asked).isEmpty();
        assertThat(candidate.state.role()).isEqualTo(new LeaseRole.Follower(Optional.of(LossReason.LINK)));
    }

    @Test
    void whoIsFitAgainClaimsAgain() {
        // given
        Candidate candidate = Candidate.thatHolds();
        candidate.tell(new LeaseEvent.Eligible(false, LossReason.LINK));
        candidate.tell(new LeaseEvent.AddressOff());
        candidate.answer(new LeaseAnswer.Found(freedByMe()));
        // when
        List<LeaseAction> asked = candidate.tell(new LeaseEvent.Eligible(true, LossReason.LINK));
        // then
        assertThat(asked).hasOnlyElementsOfType(LeaseAction.Replace.class).hasSize(1);
    }

    @Test
    void aClaimThatIsWonByANodeThatIsNoLongerFitIsGivenBack() {
        // given
        Candidate candidate = Candidate.thatFollows(freedByKeeper());
        candidate.tell(new LeaseEvent.Eligible(false, LossReason.LINK));
        // when
        candidate.grant();
        // then
        assertThat(candidate.state.role()).isEqualTo(leaving(LossReason.NOT_ELIGIBLE, false, T0 + 2 * SECOND));
    }

    @Test
    void nothingLeadsOutOfTheEnd() {
        // given
        Candidate candidate = Candidate.thatFollows(keepers(10));
        candidate.tell(new LeaseEvent.Stop());
        // when
        List<LeaseAction> asked = candidate.see(record(400, "", 1, 9, "r", ME.marks("", 9, 1, List.of())));
        // then
        assertThat(asked).isEmpty();
        assertThat(candidate.state.role()).isEqualTo(new LeaseRole.Stopped());
    }

    private static Candidate stoppedWithItsAddressOff() {
        Candidate candidate = Candidate.thatHolds();
        candidate.tell(new LeaseEvent.Stop());
        candidate.tell(new LeaseEvent.AddressOff());
        return candidate;
    }

    private static LeaseRecord freedByMe() {
        return record(400, "", 1, 7, "at 400", ME.marks("", 7, 3, List.of()));
    }

    private static LeaseRole leaving(LossReason reason, boolean off) {
        return leaving(reason, off, T0 + SECOND);
    }

    private static LeaseRole leaving(LossReason reason, boolean off, long until) {
        return new LeaseRole.Leaving(reason, until, off, Optional.empty());
    }
}
