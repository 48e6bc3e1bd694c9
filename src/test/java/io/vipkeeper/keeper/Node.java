package io.vipkeeper.keeper;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vipkeeper.bootstrap.BootstrapRules;
import io.vipkeeper.lease.ElectorId;
import io.vipkeeper.lease.LeaseAction;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseEvent;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.lease.LeaseState;
import io.vipkeeper.lease.Rules;
import io.vipkeeper.lease.Timing;
import io.vipkeeper.vip.BindOutcome;
import io.vipkeeper.vip.VipAction;
import io.vipkeeper.vip.VipEvent;
import io.vipkeeper.vip.VirtualIp;

/** One node's core in virtual time, with an API server that applies what is asked. */
final class Node {
    static final long MILLI = 1_000_000L;
    static final long SECOND = 1000 * MILLI;
    static final long T0 = Long.MAX_VALUE - 3 * SECOND;
    static final VirtualIp VIP = vip("192.0.2.10");
    static final ElectorId ME = new ElectorId("node-1", "machine-1", "process-1");
    static final BindOutcome DONE = new BindOutcome.Done();

    /** How long nobody answers before the address is on. */
    static final long PROOF = 150 * MILLI;

    final Keeper keeper;
    KeeperState state;
    long now = T0;
    final List<KeeperAction> actions = new ArrayList<>();
    final List<Observation> told = new ArrayList<>();
    private int version = 100;

    private Node(boolean election) {
        this(settings(election, false));
    }

    private Node(KeeperSettings settings) {
        keeper = new Keeper(settings);
        state = keeper.initial(T0);
    }

    static KeeperSettings settings(boolean election) {
        return settings(election, false);
    }

    private static KeeperSettings settings(boolean election, boolean first) {
        return new KeeperSettings(
                ME,
                new Rules(Timing.ofSeconds(15, 10, 2)),
                List.of(VIP),
                election,
                Optional.empty(),
                Duration.ofSeconds(3),
                Optional.of(Duration.ofSeconds(1)),
                false,
                new BootstrapRules(first));
    }

    static Node thatHasBegun() {
        return new Node(true);
    }

    static Node withoutElection() {
        return new Node(false);
    }

    /** Locked, with a link, and with nothing read yet. */
    static Node thatIsFit() {
        return thatHasBegun().fit();
    }

    /** The same, on the node where a cluster is made. */
    static Node thatIsFirst() {
        return new Node(settings(true, true)).fit();
    }

    Node fit() {
        tell(new KeeperEvent.IdentityLocked(true));
        tell(new KeeperEvent.FromVip(new VipEvent.LinkChanged(true)));
        return this;
    }

    /** Holds since T0, with the address on since {@link #PROOF} after that. */
    static Node thatHolds() {
        Node node = thatIsFit();
        node.answer(new LeaseAnswer.Found(freed()));
        node.grant();
        node.prove();
        node.bound();
        return node;
    }

    static Node thatFollows() {
        Node node = thatIsFit();
        node.answer(new LeaseAnswer.Found(others(50)));
        return node;
    }

    /** Steps, and remembers what this step did instead of what the last one did. */
    Node tell(KeeperEvent event) {
        actions.clear();
        told.clear();
        KeeperStep step = keeper.step(state, event, now);
        state = step.state();
        actions.addAll(step.actions());
        told.addAll(step.observations());
        return this;
    }

    Node tick(long nanos) {
        now += nanos;
        return tell(new KeeperEvent.Tick());
    }

    Node see(LeaseRecord record) {
        return tell(new KeeperEvent.FromLease(new LeaseEvent.Seen(record)));
    }

    Node vip(VipEvent event) {
        return tell(new KeeperEvent.FromVip(event));
    }

    Node bound() {
        return vip(new VipEvent.Bound(VIP, DONE, false));
    }

    /** Lets it ask who answers, and nobody does; ends with the bind. */
    Node prove() {
        for (int probe = 0; probe < 6 && actions.stream().noneMatch(Node::binds); probe++) {
            vip(new VipEvent.Probed(VIP, DONE));
            tick(25 * MILLI);
        }
        return this;
    }

    static boolean binds(KeeperAction action) {
        return action instanceof KeeperAction.OnVip(VipAction.Bind bind);
    }

    Node unbound() {
        return vip(new VipEvent.Unbound(VIP, DONE));
    }

    Node answer(LeaseAnswer answer) {
        long request = state.lease().pending().map(LeaseState.Pending::request).orElseThrow();
        return tell(new KeeperEvent.FromLease(new LeaseEvent.Answered(request, answer)));
    }

    /** Answers the write that is under way as applied. */
    Node grant() {
        return answer(new LeaseAnswer.Found(own()));
    }

    LeaseRecord own() {
        String sequence = Long.toString(state.lease().pending().orElseThrow().request());
        return new LeaseRecord(
                Integer.toString(++version),
                "node-1",
                15,
                7,
                "a",
                "at " + version,
                marks("node-1/7", ME, sequence, "at " + version));
    }

    KeeperStatus status() {
        return keeper.status(state, now);
    }

    List<LeaseAction> requests() {
        return actions.stream()
                .filter(KeeperAction.OnLease.class::isInstance)
                .map(action -> ((KeeperAction.OnLease) action).action())
                .toList();
    }

    static LeaseRecord freed() {
        return new LeaseRecord("40", "", 1, 6, "a", "r", marks("/6", new ElectorId("node-2", "m", "p"), "1", "r"));
    }

    static LeaseRecord others(int version) {
        return new LeaseRecord(
                Integer.toString(version),
                "node-2",
                15,
                5,
                "a",
                "at " + version,
                marks("node-2/5", new ElectorId("node-2", "m", "p"), "1", "at " + version));
    }

    /** Written by a process of this identity with other marks. */
    static LeaseRecord namesakes(int version, String machine, String process) {
        return new LeaseRecord(
                Integer.toString(version),
                "node-1",
                15,
                7,
                "a",
                "at " + version,
                marks("node-1/7", new ElectorId("node-1", machine, process), "1", "at " + version));
    }

    private static Map<String, String> marks(String writtenFor, ElectorId writer, String sequence, String renewed) {
        return Map.of(
                "vipkeeper.io/written-for",
                writtenFor,
                "vipkeeper.io/machine",
                writer.machine(),
                "vipkeeper.io/process",
                writer.process(),
                "vipkeeper.io/sequence",
                sequence,
                "vipkeeper.io/renewed",
                renewed);
    }

    static VirtualIp vip(String address) {
        try {
            return VirtualIp.host(InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
