package io.vipkeeper.keeper;

import java.util.LinkedHashMap;
import java.util.Map;

import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.vip.VipEvent;

import static io.vipkeeper.keeper.Node.SECOND;

/** What the core can be in, each reached by the events that lead there. */
public final class States {
    private static final LeaseAnswer SILENCE = new LeaseAnswer.Failed(ApiFailure.UNREACHABLE, "refused");

    private States() {}

    /** In the order of a life; the keys are for people. */
    public static Map<String, KeeperStatus> all() {
        Map<String, KeeperStatus> states = new LinkedHashMap<>();
        states.put("first step made, nothing known yet", Node.thatHasBegun().status());
        states.put(
                "no API server, Lease never read",
                Node.thatIsFit().answer(SILENCE).status());
        states.put("follower", Node.thatFollows().status());
        states.put(
                "follower whose API server stopped answering",
                asks(Node.thatFollows()).answer(SILENCE).status());
        states.put("follower, link down", link(Node.thatFollows(), false).status());
        states.put(
                "follower, link back",
                link(link(Node.thatFollows(), false), true).status());
        states.put("holder", Node.thatHolds().status());
        states.put(
                "holder, a renewal failed",
                asks(Node.thatHolds()).answer(SILENCE).status());
        states.put(
                "holder, link down for less than vip_carrierlosstimeout",
                link(Node.thatHolds(), false).status());
        states.put(
                "losing: the link stayed down",
                link(Node.thatHolds(), false).tick(2 * SECOND).status());
        states.put("losing: renewDeadline is over", lapsed().status());
        states.put("twin on this node", twin(Node.thatFollows()).status());
        states.put("holder, a twin on another machine took the Lease", evicted().status());
        states.put("stopping", Node.thatHolds().tell(new KeeperEvent.Stop()).status());
        return states;
    }

    private static Node asks(Node node) {
        for (int second = 0; second < 20 && node.state.lease().pending().isEmpty(); second++) {
            node.tick(SECOND);
        }
        return node;
    }

    private static Node link(Node node, boolean usable) {
        return node.vip(new VipEvent.LinkChanged(usable));
    }

    private static Node lapsed() {
        Node node = Node.thatHolds();
        while (node.status().role() == KeeperStatus.Role.HOLDER) {
            asks(node).answer(SILENCE);
        }
        return node;
    }

    private static Node twin(Node node) {
        return node.tell(new KeeperEvent.IdentityLocked(false));
    }

    private static Node evicted() {
        return Node.thatHolds().see(Node.namesakes(500, "machine-9", "p"));
    }
}
