package io.vipkeeper.vip;

import java.util.List;

import org.junit.jupiter.api.Test;

import static io.vipkeeper.vip.Address.DONE;
import static io.vipkeeper.vip.Address.MILLI;
import static io.vipkeeper.vip.Address.REFUSED;
import static io.vipkeeper.vip.Address.SECOND;
import static io.vipkeeper.vip.Address.T0;
import static io.vipkeeper.vip.Address.VIP;
import static org.assertj.core.api.Assertions.assertThat;

/** What is bound, unbound and announced. The clock wraps around in the middle of it. */
class VipDecisionTest {

    @Test
    void whoHoldsBindsAndAnnouncesNothingYet() {
        // given
        Address address = Address.ofNode();
        // when
        List<VipAction> actions = address.be(address.holding());
        // then
        assertThat(actions).containsExactly(new VipAction.Bind(VIP, T0 + 10 * SECOND, T0 + 13 * SECOND, true));
    }

    @Test
    void theFirstAnnouncementFollowsTheBindAtOnce() {
        // given
        Address address = Address.ofNode();
        address.be(address.holding());
        // when
        List<VipAction> actions = address.tell(new VipEvent.Bound(VIP, DONE, false));
        // then
        assertThat(actions).containsExactly(new VipAction.Announce(VIP, T0 + 10 * SECOND));
    }

    @Test
    void aBurstIsAnnouncedAndThenEachPeriod() {
        // given
        Address address = Address.thatIsOn();
        // when
        List<Long> announced = address.run(13 * SECOND).stream()
                .filter(timed -> timed.action() instanceof VipAction.Announce)
                .map(timed -> (timed.at() - T0) / MILLI)
                .toList();
        // then
        assertThat(announced).containsExactly(20L, 100L, 300L, 1000L, 3000L, 6000L, 9000L, 12_000L);
    }

    @Test
    void whatAPauseMadeOverdueIsAnnouncedOnce() {
        // given
        Address address = Address.thatIsOn();
        // when
        List<VipAction> actions = address.pass(2 * SECOND);
        // then
        assertThat(actions).filteredOn(VipAction.Announce.class::isInstance).hasSize(1);
        assertThat(address.pass(MILLI)).noneMatch(VipAction.Announce.class::isInstance);
    }

    @Test
    void aRefusedBindIsTriedAgainATenthOfASecondLater() {
        // given
        Address address = Address.ofNode();
        address.be(address.holding());
        // when
        List<VipAction> refused = address.tell(new VipEvent.Bound(VIP, REFUSED, false));
        List<VipAction> early = address.pass(100 * MILLI - 1);
        // then
        assertThat(refused).isEmpty();
        assertThat(early).isEmpty();
        assertThat(address.pass(1)).hasOnlyElementsOfType(VipAction.Bind.class).hasSize(1);
    }

    @Test
    void anAddressThatIsTakenAwayIsBoundAgainAtOnce() {
        // given
        Address address = Address.thatIsOn();
        address.run(500 * MILLI);
        // when
        List<VipAction> actions = address.tell(new VipEvent.AddressLost(VIP));
        // then
        assertThat(actions).hasOnlyElementsOfType(VipAction.Bind.class).hasSize(1);
    }

    @Test
    void anAddressThatWasBoundAgainIsAnnouncedFromTheBeginning() {
        // given
        Address address = Address.thatIsOn();
        address.run(5500 * MILLI);
        address.tell(new VipEvent.AddressLost(VIP));
        long again = address.now;
        // when
        List<VipAction> first = address.tell(new VipEvent.Bound(VIP, DONE, false));
        List<Long> burst = address.run(400 * MILLI).stream()
                .filter(timed -> timed.action() instanceof VipAction.Announce)
                .map(timed -> (timed.at() - again) / MILLI)
                .toList();
        // then
        assertThat(first).hasOnlyElementsOfType(VipAction.Announce.class).hasSize(1);
        assertThat(burst).containsExactly(20L, 100L, 300L);
    }

    @Test
    void aLossThatIsReportedDuringABindBindsOnceMore() {
        // given
        Address address = Address.ofNode();
        address.be(address.holding());
        address.tell(new VipEvent.AddressLost(VIP));
        // when
        List<VipAction> actions = address.tell(new VipEvent.Bound(VIP, DONE, false));
        // then
        assertThat(actions).hasOnlyElementsOfType(VipAction.Bind.class).hasSize(1);
    }

    @Test
    void afterTheLinkCameBackTheAddressIsBoundAndAnnouncedAnew() {
        // given
        Address address = Address.thatIsOn();
        address.run(5500 * MILLI);
        address.tell(new VipEvent.LinkChanged(false));
        // when
        List<VipAction> back = address.tell(new VipEvent.LinkChanged(true));
        List<VipAction> bound = address.tell(new VipEvent.Bound(VIP, DONE, false));
        // then
        assertThat(back).hasOnlyElementsOfType(VipAction.Bind.class).hasSize(1);
        assertThat(bound).hasOnlyElementsOfType(VipAction.Announce.class).hasSize(1);
    }

    @Test
    void aLinkThatGoesChangesNothing() {
        // given
        Address address = Address.thatIsOn();
        // when
        List<VipAction> actions = address.tell(new VipEvent.LinkChanged(false));
        // then
        assertThat(actions).isEmpty();
    }

    @Test
    void anAddressOfSomebodyElseIsNotBound() {
        // given
        Address address = Address.ofNode();
        address.tell(new VipEvent.AddressFound(VIP, false, true));
        // when
        List<VipAction> actions = address.be(address.holding());
        // then
        assertThat(actions).isEmpty();
    }

    @Test
    void anAddressOfSomebodyElseIsNotRemoved() {
        // given
        Address address = Address.ofNode();
        // when
        List<VipAction> actions = address.tell(new VipEvent.AddressFound(VIP, false, true));
        // then
        assertThat(actions).isEmpty();
    }

    @Test
    void anAddressOfSomebodyElseThatIsSeenNoMoreIsBoundAfterTwoRounds() {
        // given
        Address address = Address.ofNode();
        address.tell(new VipEvent.AddressFound(VIP, false, true));
        address.now += 25 * SECOND - 1;
        // when
        List<VipAction> early = address.be(address.holding());
        // then
        assertThat(early).isEmpty();
        assertThat(address.pass(1)).hasOnlyElementsOfType(VipAction.Bind.class).hasSize(1);
    }

    @Test
    void aForeignClaimIsAnsweredAtOnce() {
        // given
        Address address = Address.thatIsOn();
        address.pass(4 * MILLI);
        // when
        List<VipAction> actions = address.tell(claim());
        // then
        assertThat(actions).hasOnlyElementsOfType(VipAction.Announce.class).hasSize(1);
    }

    @Test
    void aStormOfForeignClaimsIsAnsweredOnceInTenSeconds() {
        // given
        Address address = Address.thatIsOn();
        address.run(9500 * MILLI);
        address.stance = new Stance.Holding(address.now + 60 * SECOND, address.now + 60 * SECOND);
        address.pass(0);
        // when it is claimed a thousand times a second, for ten seconds
        int answers = 0;
        for (int claims = 0; claims < 10_000; claims++) {
            address.now += MILLI;
            boolean due = address.pass(0).stream().anyMatch(VipAction.Announce.class::isInstance);
            boolean answered = address.tell(claim()).stream().anyMatch(VipAction.Announce.class::isInstance);
            answers += answered && !due ? 1 : 0;
            address.tell(new VipEvent.Bound(VIP, DONE, false));
        }
        // then
        assertThat(answers).isEqualTo(1);
    }

    @Test
    void aFollowerAnswersNoClaim() {
        // given
        Address address = Address.ofNode();
        // when
        List<VipAction> actions = address.tell(claim());
        // then
        assertThat(actions).isEmpty();
    }

    @Test
    void aStaleAddressIsRemovedFromAFollower() {
        // given
        Address address = Address.ofNode();
        // when
        List<VipAction> actions = address.tell(new VipEvent.AddressFound(VIP, true, false));
        // then
        assertThat(actions).containsExactly(new VipAction.Unbind(VIP));
    }

    @Test
    void aRefusedUnbindIsTriedAgain() {
        // given
        Address address = Address.thatIsOn();
        address.be(new Stance.Off());
        address.tell(new VipEvent.Unbound(VIP, REFUSED));
        // when
        List<VipAction> actions = address.pass(100 * MILLI);
        // then
        assertThat(actions).containsExactly(new VipAction.Unbind(VIP));
        assertThat(address.state.allOff()).isFalse();
    }

    @Test
    void theAddressIsOffOnlyWhenTheKernelHasSaidSo() {
        // given
        Address address = Address.thatIsOn();
        address.be(new Stance.Off());
        boolean before = address.state.allOff();
        // when
        address.tell(new VipEvent.Unbound(VIP, DONE));
        // then
        assertThat(before).isFalse();
        assertThat(address.state.allOff()).isTrue();
    }

    @Test
    void anUnbindWaitsForTheBindThatIsUnderWay() {
        // given
        Address address = Address.ofNode();
        address.be(address.holding());
        // when
        List<VipAction> meanwhile = address.be(new Stance.Off());
        List<VipAction> afterwards = address.tell(new VipEvent.Bound(VIP, DONE, false));
        // then
        assertThat(meanwhile).isEmpty();
        assertThat(afterwards).containsExactly(new VipAction.Unbind(VIP));
    }

    @Test
    void nothingIsAnnouncedOnceTheRightIsOver() {
        // given
        Address address = Address.thatIsOn();
        // when
        List<VipAction> actions = address.be(new Stance.Lapsed());
        // then
        assertThat(actions).containsExactly(new VipAction.Unbind(VIP));
    }

    private static VipEvent claim() {
        return new VipEvent.ClaimSeen(VIP, "02:00:00:00:00:99");
    }
}
