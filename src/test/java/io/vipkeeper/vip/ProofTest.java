package io.vipkeeper.vip;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static io.vipkeeper.vip.Address.DONE;
import static io.vipkeeper.vip.Address.MILLI;
import static io.vipkeeper.vip.Address.REFUSED;
import static io.vipkeeper.vip.Address.SECOND;
import static io.vipkeeper.vip.Address.VIP;
import static org.assertj.core.api.Assertions.assertThat;

/** What comes before an address that others might answer for. */
class ProofTest {
    private static final VipAction WANTS = new VipAction.Probe(VIP, true);
    private static final VipAction ASKS = new VipAction.Probe(VIP, false);
    private static final VipEvent ANSWER = new VipEvent.ClaimSeen(VIP, "02:00:5e:10:20:30");

    private final Address address = Address.ofNode();

    @Test
    void sixProbesWithinAnEighthOfASecondAndTheAddressIsBoundWhenNobodyAnswered() {
        // when
        List<VipAction> actions = new ArrayList<>(address.be(holding(Caution.BOUNDED)));
        for (int i = 0; i < 5; i++) {
            actions.addAll(address.pass(25 * MILLI));
        }
        // then
        assertThat(actions).containsOnly(WANTS).hasSize(6);
        assertThat(address.pass(24 * MILLI)).isEmpty();
        assertThat(address.pass(MILLI)).singleElement().isInstanceOf(VipAction.Bind.class);
    }

    @Test
    void anAnswerBeginsItAnew() {
        // given
        address.be(holding(Caution.BOUNDED));
        passInSteps(125 * MILLI);
        // when
        List<VipAction> actions = address.tell(ANSWER);
        // then
        assertThat(actions).containsExactly(WANTS);
        assertThat(passInSteps(125 * MILLI)).containsOnly(WANTS);
        assertThat(passInSteps(25 * MILLI)).singleElement().isInstanceOf(VipAction.Bind.class);
    }

    @Test
    void aProbeThatDidNotLeaveProvesNothing() {
        // given
        address.be(holding(Caution.BOUNDED));
        passInSteps(125 * MILLI);
        // when
        address.tell(new VipEvent.Probed(VIP, REFUSED));
        // then
        assertThat(passInSteps(125 * MILLI)).containsOnly(WANTS);
    }

    @Test
    void aStepThatCameLateProvesNothing() {
        // given
        address.be(holding(Caution.STRICT));
        passInSteps(75 * MILLI);
        // when
        List<VipAction> actions = address.pass(100 * MILLI);
        // then
        assertThat(actions).containsExactly(WANTS);
    }

    @Test
    void whoWasElectedWaitsFourSecondsForOneThatGoesOnAnswering() {
        // given
        address.be(new Stance.Holding(address.now + 20 * SECOND, address.now + 20 * SECOND, Caution.BOUNDED));
        // when
        List<VipAction> actions = new ArrayList<>();
        for (int i = 0; i < 39; i++) {
            actions.addAll(address.tell(ANSWER));
            actions.addAll(passInSteps(100 * MILLI));
        }
        // then
        assertThat(actions).containsOnly(WANTS);
        assertThat(passInSteps(100 * MILLI)).anyMatch(VipAction.Bind.class::isInstance);
    }

    @Test
    void whoWasNotElectedWaitsForEver() {
        // given
        address.be(holding(Caution.STRICT));
        // when
        List<VipAction> actions = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            actions.addAll(address.tell(ANSWER));
            actions.addAll(passInSteps(75 * MILLI));
        }
        // then
        assertThat(actions).containsOnly(WANTS);
    }

    @Test
    void whoWasNotElectedHasAskedAllTheTimeAndBindsAfterFourProbesWithinMomentsOrNotAtAll() {
        // given
        List<VipAction> first = address.be(holding(Caution.STRICT));
        // when
        List<VipAction> actions = passInSteps(100 * MILLI);
        // then
        assertThat(first).containsExactly(WANTS);
        assertThat(actions.subList(0, 3)).containsOnly(WANTS);
        assertThat(actions).hasSize(4);
        assertThat(actions.getLast())
                .isInstanceOfSatisfying(VipAction.Bind.class, bind -> assertThat(bind.rightEndsNanos() - address.now)
                        .isEqualTo(30 * MILLI));
    }

    @Test
    void whoListensAsksTwiceASecondAndTakesOffWhatItPutOn() {
        // given
        address.be(address.holding());
        address.tell(new VipEvent.Bound(VIP, DONE, false));
        // when
        List<VipAction> actions = address.be(new Stance.Listening());
        // then
        assertThat(actions).containsExactly(new VipAction.Unbind(VIP), ASKS);
        assertThat(address.pass(499 * MILLI)).isEmpty();
        assertThat(address.pass(MILLI)).containsExactly(ASKS);
    }

    private Stance.Holding holding(Caution caution) {
        return new Stance.Holding(address.now + 10 * SECOND, address.now + 13 * SECOND, caution);
    }

    private List<VipAction> passInSteps(long nanos) {
        List<VipAction> actions = new ArrayList<>();
        for (long passed = 0; passed < nanos; passed += 25 * MILLI) {
            actions.addAll(address.pass(25 * MILLI));
        }
        return actions;
    }
}
