package io.vipkeeper.grant;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.vipkeeper.lease.ElectorId;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseDecision;
import io.vipkeeper.lease.LeaseEvent;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.lease.LeaseState;
import io.vipkeeper.lease.LossReason;
import io.vipkeeper.lease.Rules;
import io.vipkeeper.lease.Timing;

/** The fast path of node-b, which follows node-a; node-a, node-b and node-c are the members. */
final class Bystander {
    static final String VERSION = "41";
    static final long MILLI = 1_000_000L;
    private static final long T0 = Long.MAX_VALUE - 2_000 * MILLI; // the clock overflows on the way
    private static final ElectorId ME = new ElectorId("node-b", "machine-b", "process-b");

    private final GrantDecision decision = new GrantDecision(ME, new GrantRules(Pace.DEFAULT), 0);
    private final LeaseState lease;
    private GrantState state = GrantState.initial(T0);
    private GrantStep last;
    private long now = T0;

    private Bystander() {
        LeaseDecision election = new LeaseDecision(ME, new Rules(Timing.ofSeconds(5, 3, 1)));
        LeaseState asking = election.step(
                        LeaseState.initial(T0), new LeaseEvent.Eligible(true, LossReason.NOT_ELIGIBLE), T0)
                .state();
        LeaseAnswer found = new LeaseAnswer.Found(heldByA());
        lease = election.step(asking, new LeaseEvent.Answered(asking.lastRequest(), found), T0)
                .state();
        tell(new GrantEvent.Candidates(Stream.of("node-a", "node-b", "node-c")
                .map(node -> new Candidate(node, "process" + node.substring(4), "192.0.2.1", 2113, "", 0))
                .toList()));
        tell(new GrantEvent.ControlPlane(Set.of("node-a", "node-b", "node-c")));
    }

    /** Just begun. */
    static Bystander thatBegins() {
        return new Bystander();
    }

    /** Old enough to promise. */
    static Bystander thatIsSettled() {
        Bystander bystander = new Bystander();
        bystander.pass(1_100);
        return bystander;
    }

    private static LeaseRecord heldByA() {
        return new LeaseRecord(
                VERSION,
                "node-a",
                5,
                3,
                "acquired",
                "renewed",
                Map.of(
                        "vipkeeper.io/fast", "node-a,node-b,node-c",
                        "vipkeeper.io/written-for", "node-a/3",
                        "vipkeeper.io/machine", "machine-a",
                        "vipkeeper.io/process", "process-a",
                        "vipkeeper.io/sequence", "9",
                        "vipkeeper.io/renewed", "renewed"));
    }

    /** What it says to others after {@code from} said {@code content}. */
    List<GrantStep.Send> hears(String from, Message.Content content) {
        Message message = new Message(new Message.Standing(true, true, 0), content);
        return tell(new GrantEvent.Received(from, message));
    }

    List<GrantStep.Send> tell(GrantEvent event) {
        Situation situation = new Situation(lease, true, true, true, false, true, now);
        last = decision.step(state, event, situation, now);
        state = last.state();
        return last.sends();
    }

    /** Time goes by, awake; returns the stamp of the newest question that was asked meanwhile. */
    Optional<Long> pass(long millis) {
        Optional<Long> newest = Optional.empty();
        for (long end = now + millis * MILLI; end - now > 0; ) {
            now += Math.min(5 * MILLI, end - now);
            for (GrantStep.Send send : tell(new GrantEvent.Tick())) {
                if (send.message().content() instanceof Message.Ask ask) {
                    newest = Optional.of(ask.stamp());
                }
            }
        }
        return newest;
    }

    /** The version that it may replace now. */
    Optional<String> mayReplace() {
        return last.accord().early();
    }

    /** For how long it would have to keep silent if it held. */
    long silentMillis() {
        return Math.max(0, last.accord().silentUntilNanos() - now) / MILLI;
    }

    long now() {
        return now;
    }
}
