package io.vipkeeper.pool.turn;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.vipkeeper.pool.ledger.Allocation;
import io.vipkeeper.pool.ledger.ServiceId;

/** What was said of each Service last, so that it is said once. */
final class Verdicts {
    private final Map<ServiceId, Allocation> last = new HashMap<>();
    private final Map<ServiceId, String> moves = new HashMap<>();

    /** To be said once its write has gone through. */
    void moves(ServiceId id, Optional<String> why) {
        why.ifPresent(sentence -> moves.put(id, sentence));
    }

    Optional<TurnAction> report(Applicant applicant, Allocation verdict) {
        ServiceId id = applicant.id();
        Optional<String> moved =
                verdict instanceof Allocation.Allocated ? Optional.ofNullable(moves.remove(id)) : Optional.empty();
        boolean news = !verdict.equals(last.put(id, verdict)) || moved.isPresent();
        return news ? Optional.of(new TurnAction.Report(id, applicant.uid(), verdict, moved)) : Optional.empty();
    }

    void forget(ServiceId id) {
        last.remove(id);
        moves.remove(id);
    }
}
