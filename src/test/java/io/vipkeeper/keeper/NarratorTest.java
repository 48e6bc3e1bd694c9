package io.vipkeeper.keeper;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.lease.LossReason;
import io.vipkeeper.lease.RequestKind;
import io.vipkeeper.vip.BindOutcome;
import io.vipkeeper.vip.VipEvent;

import static io.vipkeeper.keeper.Node.DONE;
import static io.vipkeeper.keeper.Node.MILLI;
import static io.vipkeeper.keeper.Node.SECOND;
import static io.vipkeeper.keeper.Node.VIP;
import static org.assertj.core.api.Assertions.assertThat;

/** Each thing that happens is told once. */
class NarratorTest {

    @Test
    void becomingHolderIsToldWithWhoHeldBeforeAndWhatItTook() {
        // given
        Node node = Node.thatIsFit();
        node.answer(new LeaseAnswer.Found(Node.freed()));
        // when
        node.now += 7 * MILLI;
        node.grant();
        // then
        assertThat(node.told)
                .containsExactly(
                        new Observation.BecameHolder("", 7, 7 * MILLI, Observation.Path.FREE, 0, 0),
                        new Observation.HolderChanged("node-1"));
    }

    @Test
    void aRenewalIsToldWithWhatItTook() {
        // given
        Node node = Node.thatHolds();
        node.tick(2 * SECOND);
        // when
        node.now += 7 * MILLI;
        node.grant();
        // then
        assertThat(node.told).containsExactly(new Observation.Renewed(7 * MILLI));
    }

    @Test
    void losingIsToldOnceWithItsReason() {
        // given
        Node node = Node.thatHolds();
        // when
        node.tick(10 * SECOND);
        // then
        assertThat(node.told).containsExactly(new Observation.LostHolding(LossReason.RENEW_DEADLINE));
        assertThat(node.tick(SECOND).told).isEmpty();
    }

    @Test
    void anotherHolderIsToldOnce() {
        // given
        Node node = Node.thatIsFit();
        // when
        node.answer(new LeaseAnswer.Found(Node.others(50)));
        // then
        assertThat(node.told).containsExactly(new Observation.HolderChanged("node-2"));
        assertThat(node.see(Node.others(51)).told).isEmpty();
    }

    @Test
    void aFailureIsToldEachTime() {
        // given
        Node node = Node.thatIsFit();
        // when
        node.answer(new LeaseAnswer.Failed(ApiFailure.FORBIDDEN, "may not"));
        // then
        assertThat(node.told)
                .containsExactly(new Observation.RequestFailed(RequestKind.READ, ApiFailure.FORBIDDEN, "may not"));
    }

    @Test
    void aConflictIsToldWithWhatMetIt() {
        // given
        Node node = Node.thatHolds();
        node.tick(2 * SECOND);
        // when
        node.answer(new LeaseAnswer.Conflict());
        // then
        assertThat(node.told).containsExactly(new Observation.ConflictMet(RequestKind.RENEW));
    }

    @Test
    void aTwinOnAnotherMachineIsToldOnce() {
        // given
        Node node = Node.thatIsFit();
        // when
        node.answer(new LeaseAnswer.Found(Node.namesakes(50, "machine-9", "p")));
        // then
        assertThat(node.told).contains(new Observation.TwinSeen("node-1", "another machine"));
        assertThat(node.see(Node.namesakes(51, "machine-9", "p")).told).isEmpty();
        assertThat(node.status().twin()).isTrue();
    }

    @Test
    void anElectorOfAnotherKindUnderOurNameIsToldOnce() {
        // given
        Node node = Node.thatHolds();
        Map<String, String> kept = node.state.lease().record().orElseThrow().annotations();
        // when it renews our record and keeps our annotations
        node.see(new LeaseRecord("400", "node-1", 15, 7, "a", "at 400", kept));
        // then
        assertThat(node.told)
                .containsExactly(
                        new Observation.LostHolding(LossReason.TWIN),
                        new Observation.TwinSeen("node-1", "another kind of elector"));
        assertThat(node.see(new LeaseRecord("401", "node-1", 15, 7, "a", "at 401", kept)).told)
                .isEmpty();
    }

    @Test
    void anAbsurdDurationIsToldOnceWithHowItWasRead() {
        // given
        Node node = Node.thatFollows();
        // when
        node.see(new LeaseRecord("60", "node-2", 86_400, 5, "a", "at 60", Map.of()));
        // then
        assertThat(node.told).containsExactly(new Observation.AbsurdLease("leaseDurationSeconds", "86400", "600 s"));
        assertThat(node.see(new LeaseRecord("61", "node-2", 86_400, 5, "a", "at 61", Map.of())).told)
                .isEmpty();
    }

    @Test
    void aNegativeDurationIsToldWithHowItWasRead() {
        // given
        Node node = Node.thatFollows();
        // when
        node.see(new LeaseRecord("60", "node-2", -5, 5, "a", "at 60", Map.of()));
        // then
        assertThat(node.told)
                .containsExactly(
                        new Observation.AbsurdLease("leaseDurationSeconds", "-5", "this node's own lease duration"));
    }

    @Test
    void aBindIsToldAndItsRefreshIsNot() {
        // given
        Node node = Node.thatHolds();
        // when
        node.bound();
        // then
        assertThat(node.told).isEmpty();
    }

    @Test
    void aBindAfterALossIsToldAsOneMore() {
        // given
        Node node = Node.thatHolds();
        node.vip(new VipEvent.AddressLost(VIP));
        // when
        node.bound();
        // then
        assertThat(node.told).containsExactly(new Observation.VipBound(VIP, true));
    }

    @Test
    void aStaleAddressIsToldWhenItIsOff() {
        // given
        Node node = Node.thatFollows();
        node.vip(new VipEvent.AddressFound(VIP, true, false));
        // when
        node.unbound();
        // then
        assertThat(node.told).containsExactly(new Observation.VipUnbound(VIP, true));
    }

    @Test
    void onlyTheFirstAnnouncementAfterABindIsToldAsTheFirst() {
        // given
        Node node = Node.thatHolds();
        node.vip(new VipEvent.Announced(VIP, DONE));
        boolean first = node.told.contains(new Observation.VipAnnounced(VIP, true));
        node.tick(20 * MILLI);
        // when
        node.vip(new VipEvent.Announced(VIP, DONE));
        // then
        assertThat(first).isTrue();
        assertThat(node.told).containsExactly(new Observation.VipAnnounced(VIP, false));
    }

    @Test
    void whatTheKernelRefusedIsToldEachTime() {
        // given
        Node node = Node.thatHolds();
        // when
        node.vip(new VipEvent.Announced(VIP, new BindOutcome.Refused("ENETDOWN")));
        // then
        assertThat(node.told).containsExactly(new Observation.KernelRefused(VIP, "ENETDOWN"));
    }

    @Test
    void aForeignClaimIsToldByTheHolder() {
        // given
        Node node = Node.thatHolds();
        // when
        node.vip(new VipEvent.ClaimSeen(VIP, "02:00:00:00:00:99"));
        // then
        assertThat(node.told).containsExactly(new Observation.ForeignClaim(VIP, "02:00:00:00:00:99"));
    }

    @Test
    void aClaimThatTheHolderMakesIsNoNewsToAFollower() {
        // given
        Node node = Node.thatFollows();
        // when
        node.vip(new VipEvent.ClaimSeen(VIP, "02:00:00:00:00:02"));
        // then
        assertThat(node.told).isEmpty();
    }

    @Test
    void anAddressThatIsForbiddenIsToldOnce() {
        // given
        Node node = Node.thatFollows();
        // when
        node.vip(new VipEvent.AddressFound(VIP, false, true));
        // then
        assertThat(node.told)
                .containsExactly(new Observation.VipForbidden(VIP, "it is on this node, put there by no elector"));
        assertThat(node.vip(new VipEvent.AddressFound(VIP, false, true)).told).isEmpty();
    }

    @Test
    void aNodesOwnAddressIsToldOnce() {
        // given
        Node node = Node.thatFollows();
        // when
        node.tell(new KeeperEvent.NodeAddresses(Map.of(VIP.address(), "node-9")));
        // then
        assertThat(node.told)
                .containsExactly(new Observation.VipForbidden(VIP, "the Node node-9 has it as its own address"));
        assertThat(node.tell(new KeeperEvent.NodeAddresses(Map.of(VIP.address(), "node-9"))).told)
                .isEmpty();
    }

    @Test
    void aLinkThatTurnsIsToldOnce() {
        // given
        Node node = Node.thatFollows();
        // when
        node.vip(new VipEvent.LinkChanged(false));
        // then
        assertThat(node.told).containsExactly(new Observation.LinkTurned(false));
        assertThat(node.vip(new VipEvent.LinkChanged(false)).told).isEmpty();
    }
}
