package io.vipkeeper.grant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

import io.vipkeeper.lease.ElectorId;
import io.vipkeeper.lease.LeaseAction;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseDecision;
import io.vipkeeper.lease.LeaseDraft;
import io.vipkeeper.lease.LeaseEvent;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.lease.LeaseState;
import io.vipkeeper.lease.LeaseStep;
import io.vipkeeper.lease.LossReason;
import io.vipkeeper.lease.Rules;
import io.vipkeeper.lease.Timing;

/** The fast path of node-a, which holds; node-b and node-c, in this order, have been ready for long. */
final class Incumbent {
    private static final long MILLI = 1_000_000L;
    private static final long T0 = Long.MAX_VALUE - 2_000 * MILLI; // the clock overflows on the way
    private static final ElectorId ME = new ElectorId("node-a", "machine-a", "process-a");

    private final GrantDecision decision = new GrantDecision(ME, new GrantRules(Pace.DEFAULT), 0);
    private final LeaseDecision election = new LeaseDecision(ME, new Rules(Timing.ofSeconds(5, 3, 1)));
    private final List<LeaseAction> asked = new ArrayList<>();
    private LeaseState lease = LeaseState.initial(T0);
    private GrantState state = GrantState.initial(T0);
    private GrantStep last;
    private long now = T0;

    private Incumbent() {
        elect(new LeaseEvent.Eligible(true, LossReason.NOT_ELIGIBLE));
        answer(record("", 0, Map.of("vipkeeper.io/written-for", "/0")));
        LeaseDraft claim = ((LeaseAction.Replace) asked.getLast()).draft();
        answer(record("node-a", claim.leaseTransitions(), claim.annotations()));
        tell(new GrantEvent.Candidates(Stream.of("node-a", "node-b", "node-c")
                .map(node -> new Candidate(node, "process", "192.0.2.1", 2113, "", 0))
                .toList()));
        tell(new GrantEvent.ControlPlane(Set.of("node-a", "node-b", "node-c")));
    }

    static Incumbent thatHolds() {
        Incumbent incumbent = new Incumbent();
        for (int beats = 0; beats < 40; beats++) {
            incumbent.pass(50);
            incumbent.isPromised("node-b", OptionalInt.of(1_000));
            incumbent.isPromised("node-c", OptionalInt.of(1_000));
        }
        return incumbent;
    }

    private static LeaseRecord record(String holder, int transitions, Map<String, String> marks) {
        Map<String, String> stored = new HashMap<>(marks);
        stored.put(ElectorId.RENEWED, "r");
        return new LeaseRecord("version " + transitions, holder, 5, transitions, "r", "r", stored);
    }

    private void answer(LeaseRecord record) {
        elect(new LeaseEvent.Answered(lease.lastRequest(), new LeaseAnswer.Found(record)));
    }

    private void elect(LeaseEvent event) {
        LeaseStep step = election.step(lease, event, now);
        lease = step.state();
        asked.addAll(step.actions());
    }

    private List<GrantStep.Send> tell(GrantEvent event) {
        last = decision.step(state, event, situation(), now);
        state = last.state();
        return last.sends();
    }

    private Situation situation() {
        return new Situation(lease, true, true, true, false, true, now);
    }

    void pass(long millis) {
        now += millis * MILLI;
        tell(new GrantEvent.Tick());
    }

    /** How many heartbeats node-b is sent in so many milliseconds in which nobody answers. */
    long beatsUnanswered(long millis) {
        long beats = 0;
        long end = now + millis * MILLI;
        while (now - end < 0) {
            now = decision.wakeAt(state, situation(), now);
            beats += tell(new GrantEvent.Tick()).stream()
                    .filter(send -> send.node().equals("node-b"))
                    .filter(send -> send.message().content() instanceof Message.Beat)
                    .count();
        }
        return beats;
    }

    /** One that is ready answers the heartbeat of this moment. */
    void isPromised(String from, OptionalInt provenMillis) {
        isPromised(from, 0, provenMillis);
    }

    /** One that is ready answers the heartbeat of so long ago. */
    void isPromised(String from, long askedMillisAgo, OptionalInt provenMillis) {
        Message.Promise promise = new Message.Promise(now - askedMillisAgo * MILLI, provenMillis);
        tell(new GrantEvent.Received(from, new Message(new Message.Standing(true, true, 0), promise)));
    }

    /** One that lives says that it could not hold. */
    void isUnready(String from) {
        Message.Standing standing = new Message.Standing(false, true, 0);
        tell(new GrantEvent.Received(from, new Message(standing, new Message.Hello())));
    }

    void probes(boolean ready, long evidenceMillisAgo) {
        tell(new GrantEvent.LocalApi(ready, Optional.of(now - evidenceMillisAgo * MILLI)));
    }

    boolean wantsToLeave() {
        return last.accord().leave();
    }

    /** Whom it tells, once it leaves, that its address is off. */
    Optional<String> successor() {
        elect(new LeaseEvent.Accorded(last.accord()));
        tell(new GrantEvent.Tick());
        elect(new LeaseEvent.AddressOff());
        return tell(new GrantEvent.Tick()).stream()
                .map(send -> send.message().content())
                .filter(Message.Handover.class::isInstance)
                .map(content -> ((Message.Handover) content).successor())
                .findFirst();
    }
}
