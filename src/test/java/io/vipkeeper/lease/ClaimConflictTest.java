package io.vipkeeper.lease;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.vipkeeper.lease.Candidate.MILLI;
import static io.vipkeeper.lease.Candidate.SECOND;
import static io.vipkeeper.lease.Candidate.keepers;
import static org.assertj.core.api.Assertions.assertThat;

/** A claim for which others wait meets a write of somebody else: it is repeated at once, but not without end. */
class ClaimConflictTest {
    private int version = 100;

    /** Whether somebody else, the holder or who annotates the object, writes before each of so many claims. */
    @ParameterizedTest(name = "a claim after {0} conflicts follows at once: {1}")
    @CsvSource({"0, true", "1, true", "2, true", "4, true", "5, true", "6, false", "60, false"})
    void aClaimThatOthersWaitForIsRepeatedAFewTimes(int conflicts, boolean atOnce) {
        // given
        Candidate successor = Candidate.thatFollows(keepers(version));
        successor.pass(SECOND);
        List<LeaseAction> asked = offer(successor);
        // when
        for (int met = 0; met < conflicts && !asked.isEmpty(); met++) {
            asked = meetAnother(successor);
        }
        // then
        assertThat(asked).hasSize(atOnce ? 1 : 0).allSatisfy(this::claimsTheNewest);
    }

    @ParameterizedTest(name = "{0} ms after the last conflict")
    @ValueSource(longs = {10, 100, 1_900, 4_000, 600_000})
    void anEarlierConflictOfItsOwnDoesNotHoldUpAClaimThatIsOffered(long millis) {
        // given one that lost a race for a free Lease, twice in a row
        Candidate successor = Candidate.thatFollows(Candidate.freedByKeeper());
        successor.answer(new LeaseAnswer.Conflict());
        successor.answer(new LeaseAnswer.Found(Candidate.with(Candidate.freedByKeeper(), "", 1, 6)));
        successor.answer(new LeaseAnswer.Conflict());
        successor.see(keepers(version));
        successor.pass(millis * MILLI);
        successor.see(keepers(++version));
        // when
        List<LeaseAction> asked = offer(successor);
        // then it claims, or reads what it has to know first
        if (asked.getFirst() instanceof LeaseAction.Read) {
            asked = successor.answer(new LeaseAnswer.Found(keepers(version)));
        }
        assertThat(asked).hasSize(1).allSatisfy(this::claimsTheNewest);
    }

    @Test
    void whatTheWatchToldMeanwhileNeedsNoReading() {
        // given
        Candidate successor = Candidate.thatFollows(keepers(version));
        successor.pass(SECOND);
        offer(successor);
        // when the watch is faster than the answer
        successor.pass(5 * MILLI);
        successor.see(keepers(++version));
        allow(successor, Integer.toString(version));
        List<LeaseAction> asked = successor.answer(new LeaseAnswer.Conflict());
        // then
        assertThat(asked).hasSize(1).allSatisfy(this::claimsTheNewest);
    }

    @Test
    void aRepetitionWaitsUntilTheNewVersionMayBeReplaced() {
        // given
        Candidate successor = Candidate.thatFollows(keepers(version));
        successor.pass(SECOND);
        offer(successor);
        // when
        List<LeaseAction> asked = successor.answer(new LeaseAnswer.Conflict());
        // then
        assertThat(asked).hasSize(1).hasOnlyElementsOfType(LeaseAction.Read.class);
        assertThat(successor.answer(new LeaseAnswer.Found(keepers(++version)))).isEmpty();
        assertThat(allow(successor, Integer.toString(version))).hasSize(1);
    }

    @Test
    void whatMetAConflictIsNotClaimedAgainWhileItIsRead() {
        // given
        Candidate successor = Candidate.thatFollows(keepers(version));
        successor.pass(SECOND);
        offer(successor);
        successor.answer(new LeaseAnswer.Conflict());
        // when
        List<LeaseAction> asked = successor.pass(MILLI);
        // then
        assertThat(asked).isEmpty();
        assertThat(offer(successor)).isEmpty();
    }

    /** Somebody wrote meanwhile, which this node reads, and may replace, too. */
    private List<LeaseAction> meetAnother(Candidate successor) {
        version++;
        successor.pass(5 * MILLI);
        List<LeaseAction> asked = successor.answer(new LeaseAnswer.Conflict());
        if (asked.isEmpty()) {
            return asked;
        }
        assertThat(asked).hasOnlyElementsOfType(LeaseAction.Read.class);
        successor.pass(5 * MILLI);
        successor.answer(new LeaseAnswer.Found(keepers(version)));
        return offer(successor);
    }

    private List<LeaseAction> offer(Candidate successor) {
        return allow(successor, Integer.toString(version));
    }

    private static List<LeaseAction> allow(Candidate successor, String early) {
        Accord none = Accord.none(successor.now);
        return successor.tell(new LeaseEvent.Accorded(new Accord(
                none.members(),
                none.tight(),
                none.majorityEndsNanos(),
                none.unanimityEndsNanos(),
                none.fenced(),
                Optional.of(early),
                none.holdBackNanos(),
                none.leave(),
                none.lingerEndsNanos(),
                none.silentUntilNanos(),
                none.releaseAtNanos())));
    }

    private void claimsTheNewest(LeaseAction action) {
        assertThat(action).isInstanceOfSatisfying(LeaseAction.Replace.class, claim -> assertThat(
                        claim.base().resourceVersion())
                .isEqualTo(Integer.toString(version)));
    }
}
