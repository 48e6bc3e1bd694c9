package io.vipkeeper.keeper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vipkeeper.lease.ElectorId;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseEvent;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.lease.LeaseRole;
import io.vipkeeper.lease.LeaseState.Pending;
import io.vipkeeper.lease.LossReason;
import io.vipkeeper.lease.Timing;

/** Tells what a step did by comparing the state before and after: the decisions themselves need not talk. */
final class Narrator {
    private final ElectorId elector;
    private final MoveNarration moves;

    Narrator(ElectorId elector) {
        this.elector = elector;
        moves = new MoveNarration(elector);
    }

    /** What there is to tell, and the state with a note of what was told. */
    record Story(KeeperState state, List<Observation> observations) {}

    Story tell(KeeperState before, KeeperEvent event, KeeperState after, long now) {
        List<Observation> told = new ArrayList<>();
        if (event instanceof KeeperEvent.FromLease(LeaseEvent.Answered(long request, LeaseAnswer answer))) {
            before.lease()
                    .pending()
                    .filter(pending -> pending.request() == request)
                    .ifPresent(pending -> answered(pending, answer, told));
        }
        written(before, after, now, told);
        role(before, after, told);
        if (before.bootstrap().standing() != after.bootstrap().standing()) {
            told.add(new Observation.Provisional(after.bootstrap().standing()));
        }
        record(before, after, told);
        if (before.around().linkUsable() != after.around().linkUsable()) {
            told.add(new Observation.LinkTurned(after.around().linkUsable()));
        }
        if (event instanceof KeeperEvent.IdentityLocked(boolean locked) && !locked) {
            told.add(new Observation.TwinSeen(elector.identity(), "this node"));
        }
        told.addAll(moves.tell(before, after, now));
        told.addAll(VipNarration.tell(before, event, after));
        return new Story(twin(after, told), told);
    }

    private static void answered(Pending pending, LeaseAnswer answer, List<Observation> told) {
        switch (answer) {
            case LeaseAnswer.Found found -> {}
            case LeaseAnswer.Missing missing -> {}
            case LeaseAnswer.Conflict conflict -> told.add(new Observation.ConflictMet(pending.kind()));
            case LeaseAnswer.Failed failed ->
                told.add(new Observation.RequestFailed(pending.kind(), failed.cause(), failed.detail()));
        }
    }

    /** A write that this node holds by from now on: its answer says so, or the watch did before. */
    private void written(KeeperState before, KeeperState after, long now, List<Observation> told) {
        if (!(after.lease().role() instanceof LeaseRole.Holder holder)
                || before.lease().pending().isEmpty()) {
            return;
        }
        Optional<Pending> done = before.lease().pending().filter(pending -> pending.sentNanos() == holder.sentNanos());
        if (done.isPresent()
                && after.lease().pending().filter(done.get()::equals).isEmpty()) {
            long took = now - done.get().sentNanos();
            told.add(
                    before.lease().role() instanceof LeaseRole.Holder
                            ? new Observation.Renewed(took)
                            : moves.won(before, after.lease().record().orElseThrow(), took));
        }
    }

    private static void role(KeeperState before, KeeperState after, List<Observation> told) {
        if (!(before.lease().role() instanceof LeaseRole.Holder)
                || after.lease().role() instanceof LeaseRole.Holder) {
            return;
        }
        LossReason reason =
                switch (after.lease().role()) {
                    case LeaseRole.Follower(Optional<LossReason> lost) -> lost.orElse(LossReason.NOT_ELIGIBLE);
                    case LeaseRole.Leaving leaving -> leaving.reason();
                    case LeaseRole.Stopped stopped -> LossReason.STOPPED;
                    case LeaseRole.Holder holder -> throw new IllegalStateException("still holds");
                };
        told.add(new Observation.LostHolding(reason));
    }

    private static void record(KeeperState before, KeeperState after, List<Observation> told) {
        Optional<LeaseRecord> seen = after.lease().record();
        String holder = seen.map(LeaseRecord::holderIdentity).orElse("");
        String known = before.lease().record().map(LeaseRecord::holderIdentity).orElse("");
        if (after.lease().sighting().isPresent() && (before.lease().sighting().isEmpty() || !holder.equals(known))) {
            told.add(new Observation.HolderChanged(holder));
        }
        int duration = seen.map(LeaseRecord::leaseDurationSeconds).orElse(1);
        int knownDuration =
                before.lease().record().map(LeaseRecord::leaseDurationSeconds).orElse(1);
        if (duration != knownDuration && duration > Timing.LONGEST_LEASE.toSeconds()) {
            told.add(new Observation.AbsurdLease(
                    "leaseDurationSeconds", Integer.toString(duration), Timing.LONGEST_LEASE.toSeconds() + " s"));
        } else if (duration != knownDuration && duration < 1) {
            told.add(new Observation.AbsurdLease(
                    "leaseDurationSeconds", Integer.toString(duration), "this node's own lease duration"));
        }
    }

    private KeeperState twin(KeeperState after, List<Observation> told) {
        Optional<String> where = whereIsTwin(after);
        if (where.isPresent() && !where.equals(after.twinReported())) {
            told.add(new Observation.TwinSeen(elector.identity(), where.get()));
        }
        return after.withTwinReported(where);
    }

    private Optional<String> whereIsTwin(KeeperState state) {
        boolean evicted = state.lease().role() instanceof LeaseRole.Follower(Optional<LossReason> lost)
                && lost.filter(reason -> reason == LossReason.TWIN).isPresent();
        Optional<LeaseRecord> record = state.lease().record();
        if (record.isEmpty()) {
            return Optional.empty();
        }
        return switch (elector.kinship(record.get())) {
            case TWIN -> Optional.of("another machine");
            case NAMESAKE -> evicted ? Optional.of("another kind of elector") : Optional.empty();
            case FOREIGN, FREED, FREED_BY_KEEPER, KEEPER, OWN, PREVIOUS_LIFE -> Optional.empty();
        };
    }
}
