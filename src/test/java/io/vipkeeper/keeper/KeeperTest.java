package io.vipkeeper.keeper;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.vipkeeper.keeper.KeeperStatus.Role;
import io.vipkeeper.lease.LeaseAction;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.vip.VipAction;
import io.vipkeeper.vip.VipEvent;

import static io.vipkeeper.keeper.Node.DONE;
import static io.vipkeeper.keeper.Node.MILLI;
import static io.vipkeeper.keeper.Node.SECOND;
import static io.vipkeeper.keeper.Node.T0;
import static io.vipkeeper.keeper.Node.VIP;
import static org.assertj.core.api.Assertions.assertThat;

/** The order of things: lease, bind, announce; unbind, release, end. */
class KeeperTest {
    private static final KeeperAction UNBIND = new KeeperAction.OnVip(new VipAction.Unbind(VIP));

    @Test
    void theAddressIsAskedForInTheStepThatWinsTheLeaseAndBoundWhenNobodyAnswers() {
        // given
        Node node = Node.thatIsFit();
        node.answer(new LeaseAnswer.Found(Node.freed()));
        // when
        node.grant();
        List<KeeperAction> atOnce = List.copyOf(node.actions);
        node.prove();
        // then
        assertThat(atOnce).containsExactly(new KeeperAction.OnVip(new VipAction.Probe(VIP, true)));
        assertThat(node.actions).singleElement().isInstanceOfSatisfying(KeeperAction.OnVip.class, action -> assertThat(
                        action.action())
                .isInstanceOf(VipAction.Bind.class));
    }

    @Test
    void nothingIsReleasedBeforeTheKernelHasSaidThatTheAddressIsOff() {
        // given
        Node node = Node.thatHolds();
        // when
        node.tell(new KeeperEvent.Stop());
        List<KeeperAction> atOnce = List.copyOf(node.actions);
        node.unbound();
        // then
        assertThat(atOnce).containsExactly(UNBIND);
        assertThat(node.requests())
                .singleElement()
                .isInstanceOfSatisfying(
                        LeaseAction.Replace.class,
                        release -> assertThat(release.draft().holderIdentity()).isEmpty());
    }

    @Test
    void theEndComesAfterTheRelease() {
        // given
        Node node = Node.thatHolds();
        node.tell(new KeeperEvent.Stop()).unbound();
        boolean early = node.actions.contains(new KeeperAction.Finished());
        // when
        node.answer(new LeaseAnswer.Found(Node.freed()));
        // then
        assertThat(early).isFalse();
        assertThat(node.actions).containsExactly(new KeeperAction.Finished());
    }

    @Test
    void theAddressGoesInTheTickInWhichTheRightEnds() {
        // given
        Node node = Node.thatHolds();
        node.tick(10 * SECOND - Node.PROOF - 1);
        boolean early = node.actions.contains(UNBIND);
        // the refresh that became due meanwhile
        node.bound();
        // when
        node.tick(1);
        // then
        assertThat(early).isFalse();
        assertThat(node.actions).contains(UNBIND);
    }

    @Test
    void theCoreIsWokenAtTheRightsEnd() {
        // given
        Node node = Node.thatHolds();
        node.tick(9_900 * MILLI - Node.PROOF).bound();
        // when
        KeeperStep step = node.keeper.step(node.state, new KeeperEvent.Tick(), node.now);
        // then
        assertThat(step.wakeAtNanos() - T0).isLessThanOrEqualTo(10 * SECOND);
    }

    @Test
    void aLivingAddressOfAnEarlierLifeStaysUntilTheLeaseIsOursAgain() {
        // given
        Node node = Node.thatIsFit();
        node.vip(new VipEvent.AddressFound(VIP, true, false));
        List<KeeperAction> found = List.copyOf(node.actions);
        // when
        node.answer(new LeaseAnswer.Found(Node.namesakes(30, "machine-1", "process-0")));
        List<KeeperAction> read = List.copyOf(node.actions);
        node.grant();
        // then
        assertThat(found).doesNotContain(UNBIND);
        assertThat(read).doesNotContain(UNBIND);
        assertThat(node.actions).doesNotContain(UNBIND).hasSize(1);
    }

    @Test
    void aStaleAddressGoesWhenTheLeaseNamesAnother() {
        // given
        Node node = Node.thatIsFit();
        node.vip(new VipEvent.AddressFound(VIP, true, false));
        // when
        node.answer(new LeaseAnswer.Found(Node.others(50)));
        // then
        assertThat(node.actions).contains(UNBIND);
    }

    /** A second process on the node once took the first one's address off when it was stopped. */
    @Test
    void whoHasNoIdentityLockEndsWithoutTouchingTheAddressOfWhoHasIt() {
        // given
        Node node = Node.thatHasBegun();
        node.tell(new KeeperEvent.IdentityLocked(false));
        node.vip(new VipEvent.LinkChanged(true));
        node.vip(new VipEvent.AddressFound(VIP, true, false));
        node.answer(new LeaseAnswer.Found(Node.namesakes(30, "machine-1", "process-0")));
        // when
        node.tell(new KeeperEvent.Stop());
        // then
        assertThat(node.actions).containsExactly(new KeeperAction.Finished());
    }

    @Test
    void whoHasNoIdentityLockRemovesNothingWhenTheLeaseNamesAnother() {
        // given
        Node node = Node.thatHasBegun();
        node.vip(new VipEvent.AddressFound(VIP, true, false));
        // when
        node.answer(new LeaseAnswer.Found(Node.others(50)));
        // then
        assertThat(node.actions).doesNotContain(UNBIND);
    }

    @Test
    void withoutElectionANodeHoldsAsSoonAsItIsFit() {
        // given
        Node node = Node.withoutElection();
        // when
        node.fit();
        // then
        assertThat(node.status().role()).isEqualTo(Role.HOLDER);
        assertThat(node.actions).hasSize(1);
    }

    /** It asks nobody, so it never knew a Lease, and was never ready. */
    @Test
    void withoutElectionANodeIsReady() {
        // given
        Node node = Node.withoutElection();
        // when
        node.fit().bound();
        // then
        assertThat(node.status().couldHold()).isTrue();
    }

    /** It followed without a reason, as if nothing were decided, and left the address on. */
    @Test
    void withoutElectionTheAddressGoesWhenTheNodeIsNotFitAnyMore() {
        // given
        Node node = Node.withoutElection().fit().bound();
        node.vip(new VipEvent.LinkChanged(false));
        // when
        node.tick(SECOND);
        // then
        assertThat(node.actions).containsExactly(UNBIND);
    }

    @Test
    void withoutElectionAStopUnbindsAndEnds() {
        // given
        Node node = Node.withoutElection().fit().bound();
        // when
        node.tell(new KeeperEvent.Stop());
        List<KeeperAction> first = List.copyOf(node.actions);
        node.vip(new VipEvent.Unbound(VIP, DONE));
        // then
        assertThat(first).containsExactly(UNBIND);
        assertThat(node.actions).containsExactly(new KeeperAction.Finished());
    }
}
