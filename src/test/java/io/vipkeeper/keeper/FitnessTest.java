package io.vipkeeper.keeper;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.vipkeeper.keeper.KeeperStatus.Role;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LossReason;
import io.vipkeeper.vip.VipEvent;

import static io.vipkeeper.keeper.Node.SECOND;
import static io.vipkeeper.keeper.Node.VIP;
import static org.assertj.core.api.Assertions.assertThat;

/** Who may hold, and what a holder bears. */
class FitnessTest {
    private final Fitness fitness = new Fitness(Node.settings(true));

    @Test
    void whoHasTheLockAndALinkMayHold() {
        Node node = Node.thatIsFit();
        assertThat(fitness.obstacle(node.state, node.now)).isEmpty();
    }

    @Test
    void withoutTheIdentityLockNobodyMayHold() {
        // given
        Node node = Node.thatIsFit();
        // when
        node.tell(new KeeperEvent.IdentityLocked(false));
        // then
        assertThat(fitness.obstacle(node.state, node.now)).contains(LossReason.NOT_ELIGIBLE);
    }

    @Test
    void aFollowerWithoutALinkMayNotHold() {
        // given
        Node node = Node.thatFollows();
        // when
        node.vip(new VipEvent.LinkChanged(false));
        // then
        assertThat(fitness.obstacle(node.state, node.now)).contains(LossReason.LINK);
    }

    @Test
    void aHolderBearsTheLossOfItsLinkForItsPatience() {
        // given
        Node node = Node.thatHolds();
        node.vip(new VipEvent.LinkChanged(false));
        // when
        node.tick(SECOND - 1);
        Role before = node.status().role();
        node.tick(1);
        // then
        assertThat(before).isEqualTo(Role.HOLDER);
        assertThat(node.status().role()).isEqualTo(Role.LEAVING);
    }

    @Test
    void theCoreIsWokenWhenThePatienceEnds() {
        // given
        Node node = Node.thatHolds();
        // when
        node.vip(new VipEvent.LinkChanged(false));
        // then
        assertThat(fitness.wakeAt(node.state, node.now)).isEqualTo(node.now + SECOND);
    }

    @Test
    void aLinkThatComesBackInTimeCostsNothing() {
        // given
        Node node = Node.thatHolds();
        node.vip(new VipEvent.LinkChanged(false));
        node.tick(SECOND - 1);
        // when
        node.vip(new VipEvent.LinkChanged(true));
        node.tick(SECOND);
        // then
        assertThat(node.status().role()).isEqualTo(Role.HOLDER);
    }

    @Test
    void anAddressThatANodeHasAsItsOwnIsForbiddenToAFollower() {
        // given
        Node node = Node.thatFollows();
        // when
        node.tell(new KeeperEvent.NodeAddresses(Map.of(VIP.address(), "node-9")));
        // then
        assertThat(fitness.obstacle(node.state, node.now)).contains(LossReason.NOT_ELIGIBLE);
    }

    @Test
    void aNodeThatWasSeenToHoldMayHaveTheVipAmongItsAddresses() {
        // given
        Node node = Node.thatFollows();
        String holder = node.state.lease().record().orElseThrow().holderIdentity();
        // when
        node.tell(new KeeperEvent.NodeAddresses(Map.of(VIP.address(), holder)));
        // then
        assertThat(holder).isNotEmpty();
        assertThat(fitness.obstacle(node.state, node.now)).isEmpty();
    }

    @Test
    void anotherAddressOfANodeForbidsNothing() {
        // given
        Node node = Node.thatFollows();
        // when
        node.tell(new KeeperEvent.NodeAddresses(Map.of(Node.vip("192.0.2.11").address(), "node-9")));
        // then
        assertThat(fitness.obstacle(node.state, node.now)).isEmpty();
    }

    @Test
    void aHolderWhoseKubeletReportsTheVipGoesOn() {
        // given
        Node node = Node.thatHolds();
        // when
        node.tell(new KeeperEvent.NodeAddresses(Map.of(VIP.address(), "node-9")));
        // then
        assertThat(node.status().role()).isEqualTo(Role.HOLDER);
    }

    @Test
    void anAddressOfSomebodyElseOnThisNodeForbidsHolding() {
        // given
        Node node = Node.thatFollows();
        // when
        node.vip(new VipEvent.AddressFound(VIP, false, true));
        // then
        assertThat(node.status().forbidden()).isTrue();
    }

    @Test
    void whoGaveUpForItsLinkTakesPartAgainWhenItIsBack() {
        // given
        Node node = Node.thatHolds();
        node.vip(new VipEvent.LinkChanged(false));
        node.tick(SECOND).unbound();
        node.answer(new LeaseAnswer.Found(Node.freed()));
        // when
        node.vip(new VipEvent.LinkChanged(true));
        // then
        assertThat(node.requests()).hasSize(1);
    }
}
