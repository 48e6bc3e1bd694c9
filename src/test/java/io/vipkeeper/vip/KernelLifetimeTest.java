package io.vipkeeper.vip;

import java.util.List;

import org.junit.jupiter.api.Test;

import static io.vipkeeper.vip.Address.DONE;
import static io.vipkeeper.vip.Address.MILLI;
import static io.vipkeeper.vip.Address.SECOND;
import static io.vipkeeper.vip.Address.T0;
import static io.vipkeeper.vip.Address.VIP;
import static org.assertj.core.api.Assertions.assertThat;

/** Addresses that outlive their process or their right, and the lifetime that the kernel is told. */
class KernelLifetimeTest {

    @Test
    void aLivingAddressOfAnEarlierLifeIsKeptWhileNothingIsDecided() {
        // given
        Address address = Address.ofNode();
        address.be(new Stance.Undecided());
        // when
        List<VipAction> actions = address.tell(new VipEvent.AddressFound(VIP, true, false));
        // then
        assertThat(actions).isEmpty();
    }

    @Test
    void aLivingAddressIsAdoptedByABindWithoutAnUnbind() {
        // given
        Address address = Address.ofNode();
        address.be(new Stance.Undecided());
        address.tell(new VipEvent.AddressFound(VIP, true, false));
        // when
        List<VipAction> actions = address.be(address.holding());
        // then
        assertThat(actions).containsExactly(new VipAction.Bind(VIP, T0 + 10 * SECOND, T0 + 13 * SECOND, true));
    }

    @Test
    void anAddressThatTheKernelWouldNeverEndIsRemovedAlthoughNothingIsDecided() {
        // given
        Address address = Address.ofNode();
        address.be(new Stance.Undecided());
        // when
        List<VipAction> actions = address.tell(new VipEvent.AddressFound(VIP, true, true));
        // then
        assertThat(actions).containsExactly(new VipAction.Unbind(VIP));
    }

    @Test
    void anAddressWhoseRightLapsedIsRemoved() {
        // given
        Address address = Address.thatIsOn();
        // when
        List<VipAction> actions = address.be(new Stance.Lapsed());
        // then
        assertThat(actions).containsExactly(new VipAction.Unbind(VIP));
    }

    @Test
    void whoPreservesLeavesAnAddressWhoseRightLapsedToTheKernel() {
        // given
        Address address = Address.preserving(VIP).turnOn();
        // when
        List<VipAction> actions = address.be(new Stance.Lapsed());
        // then
        assertThat(actions).isEmpty();
    }

    @Test
    void whoPreservesRemovesItWhenAnotherHolds() {
        // given
        Address address = Address.preserving(VIP).turnOn();
        address.be(new Stance.Lapsed());
        // when
        List<VipAction> actions = address.be(new Stance.Off());
        // then
        assertThat(actions).containsExactly(new VipAction.Unbind(VIP));
    }

    @Test
    void anIpv6AddressIsNeverPreserved() {
        // given
        VirtualIp six = Address.vip("2001:db8::10");
        Address address = Address.preserving(six).turnOn();
        // when
        List<VipAction> actions = address.be(new Stance.Lapsed());
        // then
        assertThat(actions).containsExactly(new VipAction.Unbind(six));
    }

    @Test
    void aPermanentAddressIsNeverPreserved() {
        // given
        Address address = Address.preserving(VIP).turnOn();
        address.tell(new VipEvent.AddressFound(VIP, true, true));
        // when
        List<VipAction> actions = address.be(new Stance.Lapsed());
        // then
        assertThat(actions).containsExactly(new VipAction.Unbind(VIP));
    }

    @Test
    void aRenewedRightRenewsTheLifetimeWithinFourTenthsOfASecond() {
        // given
        Address address = Address.thatIsOn();
        address.pass(300 * MILLI);
        address.be(new Stance.Holding(T0 + 12 * SECOND, T0 + 15 * SECOND));
        // when
        List<VipAction> actions = address.pass(100 * MILLI);
        // then
        assertThat(actions).contains(new VipAction.Bind(VIP, T0 + 12 * SECOND, T0 + 15 * SECOND, false));
    }

    @Test
    void aLongLifetimeIsNotRenewedForASmallGain() {
        // given a right that is not renewed, and a lifetime that the rounding to seconds shortened
        Address address = Address.ofNode();
        address.be(new Stance.Holding(T0 + 10 * SECOND, T0 + 13_900 * MILLI));
        address.tell(new VipEvent.Bound(VIP, DONE, false));
        // when
        List<VipAction> actions = address.pass(400 * MILLI);
        // then
        assertThat(actions).noneMatch(VipAction.Bind.class::isInstance);
    }

    @Test
    void aShortLifetimeIsRenewedWheneverThatGainsTime() {
        // given three whole seconds of 3.9
        Address address = Address.ofNode();
        address.be(new Stance.Holding(T0 + 3 * SECOND, T0 + 3_900 * MILLI));
        address.tell(new VipEvent.Bound(VIP, DONE, false));
        // when
        List<VipAction> actions = address.pass(400 * MILLI);
        // then
        assertThat(actions).anyMatch(VipAction.Bind.class::isInstance);
        assertThat(address.entry().kernelEnds()).isEqualTo(T0 + 3_400 * MILLI);
    }

    @Test
    void noLifetimeEverEndsLaterThanTheRulesAllow() {
        // given
        Address address = Address.thatIsOn();
        // when, then at any moment of half a minute
        for (int step = 0; step < 300; step++) {
            address.run(100 * MILLI);
            long allowed = ((Stance.Holding) address.stance).kernelEndsNanos();
            assertThat(address.entry().kernelEnds() - allowed).isNotPositive();
        }
    }

    @Test
    void withoutAWholeSecondLeftNothingIsBound() {
        // given
        Address address = Address.ofNode();
        // when
        List<VipAction> actions = address.be(new Stance.Holding(T0 + SECOND / 2, T0 + SECOND - 1));
        // then
        assertThat(actions).isEmpty();
    }

    @Test
    void anAddressThatTheKernelHasEndedIsBoundAndAnnouncedAnewWhenTheRightIsRenewed() {
        // given a right that was renewed at the last moment
        Address address = Address.thatIsOn();
        address.now += 13 * SECOND;
        // when
        List<VipAction> bound = address.be(address.holding());
        List<VipAction> announced = address.tell(new VipEvent.Bound(VIP, DONE, false));
        // then
        assertThat(bound).hasOnlyElementsOfType(VipAction.Bind.class).hasSize(1);
        assertThat(announced).hasOnlyElementsOfType(VipAction.Announce.class).hasSize(1);
    }
}
