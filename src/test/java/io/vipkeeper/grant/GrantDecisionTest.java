package io.vipkeeper.grant;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vipkeeper.grant.Message.Ask;
import io.vipkeeper.grant.Message.Beat;
import io.vipkeeper.grant.Message.Handover;
import io.vipkeeper.grant.Message.Offer;
import io.vipkeeper.grant.Message.Promise;

import static org.assertj.core.api.Assertions.assertThat;

/** What a candidate answers, and when it takes over. */
class GrantDecisionTest {
    private static final Handover AWAY = new Handover("process-a", 9, "node-b", 0);

    @Test
    void aHolderThatAsksIsPromisedAndNobodyElseUntilThatIsOver() {
        // given
        Bystander bystander = Bystander.thatIsSettled();
        // when
        List<GrantStep.Send> toHolder = bystander.hears("node-a", new Beat(3, 77, 250));
        bystander.pass(249);
        List<GrantStep.Send> before = bystander.hears("node-c", new Beat(4, 1, 250));
        bystander.pass(1);
        List<GrantStep.Send> after = bystander.hears("node-c", new Beat(4, 2, 250));
        // then
        assertThat(promises(toHolder, "node-a")).containsExactly(77L);
        assertThat(promises(before, "node-c")).isEmpty();
        assertThat(promises(after, "node-c")).containsExactly(2L);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "of an earlier term,          2, 250, false",
        "of another holder's term,     3, 250, false",
        "of a term that it will see,  4, 250, true",
        "longer than any is promised, 4, 1001, false",
        "of no time,                  4, 0, false"
    })
    void aHeartbeatOfANodeThatIsNotKnownToHoldIsPromised(String name, int term, int millis, boolean promised) {
        // given
        Bystander bystander = Bystander.thatIsSettled();
        // when
        List<GrantStep.Send> sends = bystander.hears("node-c", new Beat(term, 5, millis));
        // then
        assertThat(promises(sends, "node-c").size()).isEqualTo(promised ? 1 : 0);
    }

    @Test
    void whoWantsToTakeOverPromisesNothingToACandidateThatComesAfterIt() {
        // given
        Bystander bystander = Bystander.thatIsSettled();
        bystander.hears("node-a", new Beat(3, 1, 250));
        // when
        bystander.pass(255);
        List<GrantStep.Send> toLater = bystander.hears("node-c", new Ask(3, 1, 250));
        List<GrantStep.Send> toEarlier = bystander.hears("node-a", new Ask(3, 2, 250));
        // then
        assertThat(promises(toLater, "node-c")).isEmpty();
        assertThat(promises(toEarlier, "node-a")).containsExactly(2L);
    }

    @Test
    void whoHasJustBegunPromisesNothing() {
        // given
        Bystander bystander = Bystander.thatBegins();
        // when
        bystander.pass(1_000);
        // then
        assertThat(promises(bystander.hears("node-a", new Beat(3, 1, 250)), "node-a"))
                .isEmpty();
    }

    @Test
    void aSilentHoldersVersionMayBeReplacedWithAMajoritysPromisesAndStaysWon() {
        // given
        Bystander bystander = Bystander.thatIsSettled();
        bystander.hears("node-a", new Beat(3, 1, 250));
        // when
        boolean askedEarly = bystander.pass(245).isPresent();
        long stamp = bystander.pass(10).orElseThrow();
        boolean alone = bystander.mayReplace().isPresent();
        bystander.hears("node-c", new Promise(stamp));
        // then
        assertThat(askedEarly).isFalse();
        assertThat(alone).isFalse();
        assertThat(bystander.mayReplace()).contains(Bystander.VERSION);
        bystander.pass(2_000);
        assertThat(bystander.mayReplace()).as("its promises are over").contains(Bystander.VERSION);
    }

    @Test
    void aPromiseThatWasAskedForBeforeTheAttemptIsNoVote() {
        // given
        Bystander bystander = Bystander.thatIsSettled();
        bystander.hears("node-a", new Beat(3, 1, 250));
        long before = bystander.now();
        bystander.pass(255);
        // when
        bystander.hears("node-c", new Promise(before));
        // then
        assertThat(bystander.mayReplace()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "by who does not hold,        node-c, process-a, 9",
        "of another process,          node-a, process-x, 9",
        "of an earlier write,         node-a, process-a, 8"
    })
    void aHandoverIsIgnored(String name, String from, String process, long sequence) {
        // given
        Bystander bystander = Bystander.thatIsSettled();
        // when
        bystander.hears(from, new Handover(process, sequence, "node-b", 0));
        // then
        assertThat(bystander.mayReplace()).isEmpty();
    }

    @Test
    void aHandoverMayBeTakenAtOnce() {
        // given
        Bystander bystander = Bystander.thatIsSettled();
        bystander.hears("node-a", new Beat(3, 1, 250));
        // when
        bystander.hears("node-a", AWAY);
        // then
        assertThat(bystander.mayReplace()).contains(Bystander.VERSION);
        assertThat(bystander.silentMillis()).isZero();
    }

    @Test
    void anOfferMayBeTakenAtOnceAndAnsweredForWhenTheAddressIsOff() {
        // given
        Bystander bystander = Bystander.thatIsSettled();
        // when
        bystander.hears("node-a", new Offer(AWAY, 200));
        boolean may = bystander.mayReplace().isPresent();
        long silent = bystander.silentMillis();
        bystander.pass(20);
        bystander.hears("node-a", AWAY);
        // then
        assertThat(may).isTrue();
        assertThat(silent).isBetween(200L, 215L);
        assertThat(bystander.silentMillis()).isZero();
    }

    @Test
    void anOfferThatArrivesAfterItsHandoverSilencesNobody() {
        // given
        Bystander bystander = Bystander.thatIsSettled();
        bystander.hears("node-a", AWAY);
        // when
        bystander.hears("node-a", new Offer(AWAY, 200));
        // then
        assertThat(bystander.silentMillis()).isZero();
    }

    @Test
    void anOfferToLingerForLongIsNoOffer() {
        // given
        Bystander bystander = Bystander.thatIsSettled();
        // when
        bystander.hears("node-a", new Offer(AWAY, 201));
        // then
        assertThat(bystander.mayReplace()).isEmpty();
        assertThat(bystander.silentMillis()).isZero();
    }

    private static List<Long> promises(List<GrantStep.Send> sends, String to) {
        return sends.stream()
                .filter(send -> send.node().equals(to))
                .map(send -> send.message().content())
                .filter(Promise.class::isInstance)
                .map(content -> ((Promise) content).stamp())
                .toList();
    }
}
