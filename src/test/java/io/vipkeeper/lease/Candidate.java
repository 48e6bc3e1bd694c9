package io.vipkeeper.lease;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import static java.util.stream.Collectors.toMap;

/** One elector in virtual time. Its clock wraps around twelve seconds after the start. */
final class Candidate {
    static final long MILLI = 1_000_000L;
    static final long SECOND = 1000 * MILLI;
    static final long T0 = Long.MAX_VALUE - 12 * SECOND;
    static final Timing TIMING = Timing.ofSeconds(15, 10, 2);
    static final ElectorId ME = new ElectorId("node-1", "machine-1", "process-1");
    static final ElectorId OTHER = new ElectorId("node-2", "machine-2", "process-2");

    final LeaseDecision decision = new LeaseDecision(ME, new Rules(TIMING));
    LeaseState state = LeaseState.initial(T0);
    long now = T0;
    private int version = 100;

    /** A process that has read {@code first} at T0 and may hold. */
    static Candidate thatHasRead(LeaseAnswer first) {
        Candidate candidate = new Candidate();
        candidate.tell(new LeaseEvent.Eligible(true, LossReason.NOT_ELIGIBLE));
        candidate.answer(first);
        return candidate;
    }

    static Candidate thatFollows(LeaseRecord record) {
        return thatHasRead(new LeaseAnswer.Found(record));
    }

    /** A process that holds since T0, with the write sent and answered at once. */
    static Candidate thatHolds() {
        Candidate candidate = thatFollows(freedByKeeper());
        candidate.grant();
        return candidate;
    }

    List<LeaseAction> tell(LeaseEvent event) {
        LeaseStep step = decision.step(state, event, now);
        state = step.state();
        return step.actions();
    }

    /** Time goes by without anything else, and the clock is looked at once. */
    List<LeaseAction> pass(long nanos) {
        now += nanos;
        return tell(new LeaseEvent.Tick());
    }

    List<LeaseAction> see(LeaseRecord record) {
        return tell(new LeaseEvent.Seen(record));
    }

    /** Answers the request that is under way. */
    List<LeaseAction> answer(LeaseAnswer answer) {
        return tell(new LeaseEvent.Answered(state.pending().orElseThrow().request(), answer));
    }

    /** Answers the write that is under way as a server does that applied it. */
    List<LeaseAction> grant() {
        return answer(new LeaseAnswer.Found(ownRecord()));
    }

    /** What this process's newest write looks like when it was applied. */
    LeaseRecord ownRecord() {
        long sequence = state.lastRequest();
        return record(++version, "node-1", 15, 7, "at " + version, ME.marks("node-1", 7, sequence, List.of()));
    }

    boolean holds() {
        return state.role() instanceof LeaseRole.Holder;
    }

    LeaseRole.Holder holder() {
        return (LeaseRole.Holder) state.role();
    }

    /** Runs for a time against a server that answers everything in the same way; returns what was asked. */
    List<LeaseAction> run(long nanos, long latency, Function<LeaseAction, LeaseAnswer> server) {
        List<LeaseAction> asked = new ArrayList<>();
        long end = now + nanos;
        List<LeaseAction> open = tell(new LeaseEvent.Tick());
        while (end - now > 0) {
            asked.addAll(open);
            if (open.isEmpty()) {
                now += Math.min(Math.max(decision.wakeAt(state, now) - now, MILLI / 10), end - now);
                open = tell(new LeaseEvent.Tick());
            } else {
                LeaseAction action = open.get(0);
                now += latency;
                open = tell(new LeaseEvent.Answered(action.request(), server.apply(action)));
            }
        }
        return asked;
    }

    static LeaseRecord record(
            int version, String holder, int seconds, int transitions, String renewTime, Map<String, String> marks) {
        return new LeaseRecord(
                Integer.toString(version),
                holder,
                seconds,
                transitions,
                "acquired",
                renewTime,
                stored(marks, renewTime));
    }

    /** The marks as a store writes them that was not given the moment of the renewal. */
    private static Map<String, String> stored(Map<String, String> marks, String renewTime) {
        Map<String, String> stored = new HashMap<>(marks);
        if (!marks.isEmpty()) {
            stored.putIfAbsent(ElectorId.RENEWED, renewTime);
        }
        return stored;
    }

    /** Held by a vipkeeper of another node. */
    static LeaseRecord keepers(int version) {
        return record(version, "node-2", 15, 3, "at " + version, OTHER.marks("node-2", 3, version, List.of()));
    }

    /** Held by an elector without marks. */
    static LeaseRecord foreign(int version) {
        return record(version, "kube-2", 15, 3, "at " + version, Map.of());
    }

    static LeaseRecord freedByKeeper() {
        return record(50, "", 1, 6, "at 50", OTHER.marks("", 6, 1, List.of()));
    }

    static LeaseRecord with(LeaseRecord record, String holder, int seconds, int transitions) {
        return record(
                Integer.parseInt(record.resourceVersion()) + 1,
                holder,
                seconds,
                transitions,
                record.renewTime(),
                record.annotations());
    }

    static LeaseRecord withoutMarks(LeaseRecord record) {
        return with(
                record,
                record.annotations().entrySet().stream()
                        .filter(mark -> !mark.getKey().startsWith("vipkeeper.io/"))
                        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    static LeaseRecord with(LeaseRecord record, Map<String, String> marks) {
        return record(
                Integer.parseInt(record.resourceVersion()) + 1,
                record.holderIdentity(),
                record.leaseDurationSeconds(),
                record.leaseTransitions(),
                record.renewTime(),
                marks);
    }
}
