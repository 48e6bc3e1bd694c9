package io.vipkeeper.lease;

import java.util.Optional;

import io.vipkeeper.lease.LeaseState.Pending;

/** How the election takes what the API server says: answers, watched versions, deletions. */
final class LeaseAnswers {

    /**
     * A watched version; one that is surely older than what is known is only late. It is no answer: a follower whose
     * request failed goes on asking. But a write that is seen to have been done needs no answer any more.
     */
    void watched(LeaseTurn turn, LeaseRecord record) {
        Optional<Pending> done =
                turn.pending.filter(pending -> holds(pending) && turn.elector.isWrite(record, pending.request()));
        if (done.isPresent()) {
            turn.pending = Optional.empty();
            written(turn, done.get(), record);
        } else if (turn.record().filter(record::isOlderThan).isEmpty()) {
            accept(turn, record);
        }
    }

    /**
     * The watch may lie, so a deletion is confirmed: a follower reads, a holder creates the Lease again. A watch that
     * begins anew says so each time while there is no Lease.
     */
    void gone(LeaseTurn turn) {
        turn.miss();
        turn.mustRead = !(turn.role instanceof LeaseRole.Holder);
        turn.notBefore = turn.now;
    }

    void answered(LeaseTurn turn, long request, LeaseAnswer answer) {
        Optional<Pending> asked = turn.pending.filter(pending -> pending.request() == request);
        if (asked.isEmpty()) {
            late(turn, answer);
            return;
        }
        Pending pending = asked.get();
        turn.pending = Optional.empty();
        // Only an answer ends the need for one: a watch goes on well while requests are refused.
        turn.mustRead &= answer instanceof LeaseAnswer.Conflict || answer instanceof LeaseAnswer.Failed;
        switch (answer) {
            case LeaseAnswer.Found(LeaseRecord record) -> found(turn, pending, record);
            case LeaseAnswer.Missing() -> missing(turn, pending);
            case LeaseAnswer.Conflict() -> conflict(turn, pending);
            case LeaseAnswer.Failed failed -> failed(turn, pending, failed.cause());
        }
    }

    /** The answer to an attempt that was given up: what it found is as good as watched, a failure is to be asked about. */
    private void late(LeaseTurn turn, LeaseAnswer answer) {
        if (answer instanceof LeaseAnswer.Found(LeaseRecord record)) {
            watched(turn, record);
        } else if (answer instanceof LeaseAnswer.Missing && turn.sighting.isEmpty()) {
            turn.miss();
        } else if (answer instanceof LeaseAnswer.Failed) {
            turn.mustRead |= turn.role instanceof LeaseRole.Follower;
        }
    }

    private void found(LeaseTurn turn, Pending pending, LeaseRecord record) {
        boolean holds = holds(pending);
        if (holds && turn.elector.kinship(record) == Kinship.OWN) {
            written(turn, pending, record);
            return;
        }
        // A write that is answered with somebody else's record is nonsense: no hurry to try that again.
        turn.notBefore = holds ? pending.sentNanos() + turn.rules.retryNanos() : turn.now;
        if (!isOvertaken(turn, pending, record)) {
            accept(turn, record);
        }
    }

    /**
     * Whether a newer version was seen since this was asked for: the answer, or the API server that gave it, is only
     * slow. One that was known before and is older now means that the store was set back, and counts.
     */
    private static boolean isOvertaken(LeaseTurn turn, Pending pending, LeaseRecord record) {
        return turn.sighting
                .filter(known -> known.confirmedNanos() - pending.sentNanos() > 0)
                .flatMap(Sighting::record)
                .filter(record::isOlderThan)
                .isPresent();
    }

    private static boolean holds(Pending pending) {
        return pending.kind() == RequestKind.ACQUIRE || pending.kind() == RequestKind.RENEW;
    }

    private void written(LeaseTurn turn, Pending pending, LeaseRecord record) {
        turn.sight(record);
        turn.conflicts = Conflicts.NONE;
        turn.notBefore = pending.sentNanos() + turn.rules.retryNanos();
        if (turn.role instanceof LeaseRole.Leaving) {
            turn.notBefore = turn.now;
            return;
        }
        if (!turn.accord.members().equals(turn.membersInForce())) {
            turn.notBefore = turn.now;
        }
        long rightEnds = turn.rules.rightEnds(pending.sentNanos(), turn.now);
        if (turn.stopping || !turn.eligible) {
            turn.leave(
                    turn.stopping ? LossReason.STOPPED : LossReason.NOT_ELIGIBLE,
                    turn.now + turn.rules.retryNanos(),
                    false);
        } else if (turn.reached(rightEnds)) {
            turn.notBefore = turn.now;
        } else {
            turn.holdBy(pending.sentNanos());
        }
    }

    /** A missing Lease is created at once, unless the creation itself was answered so. */
    private void missing(LeaseTurn turn, Pending pending) {
        boolean created = pending.kind() != RequestKind.READ && turn.record().isEmpty();
        turn.miss();
        turn.notBefore = created ? pending.sentNanos() + turn.rules.retryNanos() : turn.now;
        if (turn.role instanceof LeaseRole.Leaving leaving) {
            turn.leave(leaving.reason(), turn.now, true);
        }
    }

    /** The watch may have told already what a claim met; it needs no reading then. */
    private void conflict(LeaseTurn turn, Pending pending) {
        Optional<String> claimed = pending.kind() == RequestKind.ACQUIRE ? turn.replacedVersion() : Optional.empty();
        turn.conflicts = turn.conflicts.another(turn.now, turn.rules.conflictsRowNanos(), claimed);
        turn.mustRead |= claimed.isEmpty() || !turn.hasSeenNewer(pending);
        boolean hurries = turn.conflicts.mayHurry(turn.accord.early().isPresent());
        turn.notBefore = hurries ? turn.now : pending.sentNanos() + turn.rules.retryNanos();
    }

    private void failed(LeaseTurn turn, Pending pending, ApiFailure cause) {
        boolean holds = turn.role instanceof LeaseRole.Holder;
        // Whoever does not hold asks until there is an answer, even if its watch is well: it could not take over
        // before.
        turn.mustRead |= !holds;
        boolean lasting =
                switch (cause) {
                    case UNAUTHORIZED, FORBIDDEN, REJECTED, THROTTLED, NOT_CONFIGURED -> true;
                    case SERVER_ERROR, TIMEOUT, UNREACHABLE, NONSENSE -> false;
                };
        if (turn.isEager() && cause != ApiFailure.THROTTLED) {
            turn.notBefore = pending.sentNanos() + turn.rules.eagerRetryNanos(lasting);
            return;
        }
        boolean urgent = turn.accord.early().isPresent() && cause != ApiFailure.THROTTLED;
        boolean patient = (lasting || !holds) && !urgent;
        long pause = patient ? turn.rules.retryNanos() : turn.rules.hurriedRetryNanos();
        turn.notBefore = pending.sentNanos() + pause;
    }

    /** Takes a record that may be the newest, and draws the role's consequence from it. */
    private void accept(LeaseTurn turn, LeaseRecord record) {
        Kinship kinship = turn.elector.kinship(record);
        turn.sight(record);
        if (turn.role instanceof LeaseRole.Holder) {
            lost(kinship).ifPresent(reason -> turn.follow(Optional.of(reason)));
        }
    }

    private static Optional<LossReason> lost(Kinship kinship) {
        return switch (kinship) {
            case OWN -> Optional.empty();
            case PREVIOUS_LIFE, TWIN, NAMESAKE -> Optional.of(LossReason.TWIN);
            case KEEPER, FOREIGN -> Optional.of(LossReason.TAKEN);
            case FREED, FREED_BY_KEEPER -> Optional.of(LossReason.EMPTIED);
        };
    }
}
