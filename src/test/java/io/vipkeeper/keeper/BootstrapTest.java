package io.vipkeeper.keeper;

import org.junit.jupiter.api.Test;

import io.vipkeeper.keeper.KeeperStatus.Role;
import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.LeaseAction;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseRole;
import io.vipkeeper.vip.VipAction;
import io.vipkeeper.vip.VipEvent;

import static io.vipkeeper.keeper.Node.MILLI;
import static io.vipkeeper.keeper.Node.VIP;
import static org.assertj.core.api.Assertions.assertThat;

/** The first node of a cluster, from its start until it is elected. */
class BootstrapTest {
    private static final String MAC = "02:00:5e:10:20:30";

    @Test
    void aNodeThatHeardNobodyForSevenSecondsAnswersSoonAfterTheFirst403() {
        // given
        Node node = Node.thatIsFirst();
        listen(node, 7_000);
        // when
        node.answer(forbidden());
        long asked = node.now;
        node.prove();
        // then
        assertThat(node.actions).anyMatch(Node::binds);
        assertThat(node.now - asked).isLessThan(150 * MILLI);
    }

    @Test
    void aNodeWhoseApiServerDoesNotAnswerOrDoesNotKnowItKeepsSilent() {
        for (ApiFailure cause : ApiFailure.values()) {
            if (cause != ApiFailure.FORBIDDEN) {
                Node node = Node.thatIsFirst();
                listen(node, 20_000);
                node.answer(new LeaseAnswer.Failed(cause, "a test"));
                node.tick(50 * MILLI);
                assertThat(node.state.bootstrap().standing())
                        .as(cause.toString())
                        .isFalse();
            }
        }
    }

    @Test
    void aNodeWithoutTheFlagKeepsSilent() {
        Node node = Node.thatIsFit();
        listen(node, 20_000);
        node.answer(forbidden());
        assertThat(node.state.bootstrap().standing()).isFalse();
        assertThat(node.actions).noneMatch(KeeperAction.OnVip.class::isInstance);
    }

    @Test
    void sevenSecondsBeginAnewWithEachAnswerOfAnother() {
        // given
        Node node = Node.thatIsFirst();
        listen(node, 6_900);
        node.vip(new VipEvent.ClaimSeen(VIP, MAC));
        // when
        listen(node, 6_900);
        node.answer(forbidden());
        // then
        assertThat(node.state.bootstrap().standing()).isFalse();
    }

    @Test
    void whoWantsTheAddressGetsItAtOnce() {
        // given
        Node node = thatStands();
        // when
        node.vip(new VipEvent.Wanted(VIP, MAC));
        // then
        assertThat(node.actions).contains(new KeeperAction.OnVip(new VipAction.Unbind(VIP)));
        assertThat(node.told).containsExactly(new Observation.Provisional(false));
    }

    @Test
    void whoeverAsksIsToldThatItHoldsProvisionallyAndWhenThatIsOver() {
        // given
        Node node = thatStands();
        // when
        Role standing = node.status().role();
        node.vip(new VipEvent.Wanted(VIP, MAC));
        // then
        assertThat(standing).isEqualTo(Role.PROVISIONAL);
        assertThat(node.status().role()).isEqualTo(Role.FOLLOWER);
    }

    @Test
    void aNodeThatWasFrozenLetsGo() {
        // given
        Node node = thatStands();
        // when
        node.tick(101 * MILLI);
        // then
        assertThat(node.actions).contains(new KeeperAction.OnVip(new VipAction.Unbind(VIP)));
    }

    @Test
    void aNodeWhoseApiServerNoLongerAnswersLetsGo() {
        // given
        Node node = thatStands();
        // when
        boolean unbinds = false;
        for (int i = 0; i < 201; i++) {
            node.tick(50 * MILLI);
            if (node.actions.stream().anyMatch(Node::binds)) {
                node.bound();
            }
            unbinds |= node.actions.contains(new KeeperAction.OnVip(new VipAction.Unbind(VIP)));
        }
        // then
        assertThat(unbinds).isTrue();
    }

    @Test
    void aLeaseThatIsMissingIsCreatedAtOnceAndTheAddressStays() {
        // given
        Node node = thatStands();
        // when
        untilItAsks(node);
        node.answer(new LeaseAnswer.Missing());
        // then
        assertThat(node.requests()).singleElement().isInstanceOf(LeaseAction.Create.class);
        assertThat(node.actions).noneMatch(BootstrapTest::unbinds);
        node.grant();
        assertThat(node.state.lease().role()).isInstanceOf(LeaseRole.Holder.class);
        assertThat(node.actions).noneMatch(BootstrapTest::unbinds);
    }

    @Test
    void aLeaseOfAnotherHolderEndsItForGood() {
        // given
        Node node = thatStands();
        // when
        untilItAsks(node);
        node.answer(new LeaseAnswer.Found(Node.others(50)));
        // then
        assertThat(node.actions).contains(new KeeperAction.OnVip(new VipAction.Unbind(VIP)));
        // and: no 403 brings it back
        node.unbound();
        for (int i = 0; i < 400; i++) {
            if (node.state.lease().pending().isPresent()) {
                node.answer(forbidden());
            }
            node.tick(50 * MILLI);
            assertThat(node.actions).noneMatch(Node::binds);
        }
    }

    private static Node thatStands() {
        Node node = Node.thatIsFirst();
        listen(node, 7_000);
        node.answer(forbidden());
        node.prove();
        node.bound();
        return node.tick(50 * MILLI);
    }

    /** Steps as often as needed, with the request that is under way left open as long as it may be. */
    private static void listen(Node node, long millis) {
        for (long passed = 0; passed < millis; passed += 50) {
            node.tick(50 * MILLI);
        }
        while (node.state.lease().pending().isEmpty()) {
            node.tick(MILLI);
        }
    }

    /** With each refresh of the address carried out meanwhile. */
    private static void untilItAsks(Node node) {
        while (node.state.lease().pending().isEmpty()) {
            node.tick(50 * MILLI);
            if (node.actions.stream().anyMatch(Node::binds)) {
                node.bound();
            }
        }
    }

    private static LeaseAnswer forbidden() {
        return new LeaseAnswer.Failed(ApiFailure.FORBIDDEN, "a test");
    }

    private static boolean unbinds(KeeperAction action) {
        return action instanceof KeeperAction.OnVip(VipAction.Unbind unbind);
    }
}
