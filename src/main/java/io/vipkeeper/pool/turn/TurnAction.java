package io.vipkeeper.pool.turn;

import java.util.Optional;

import io.vipkeeper.pool.ledger.Allocation;
import io.vipkeeper.pool.ledger.ServiceId;

/** What whoever hands out addresses wants done. */
public sealed interface TurnAction {

    /** Read all Services from the API server, not from what a watch left. */
    record ListAll(long term) implements TurnAction {}

    /**
     * Store this.
     *
     * @param request for the answer
     * @param untilNanos when the request has to be over: the right to decide may end then
     */
    record Write(long request, long untilNanos, AddressWrite write) implements TurnAction {}

    /** Read this Service from the API server. @param uid as it was known, for the case that it is gone */
    record ReadBack(ServiceId id, String uid) implements TurnAction {}

    /**
     * Tell people and other parts; said when it is another verdict than before.
     *
     * @param uid of the Service
     * @param moved a sentence, when it had another address before
     */
    record Report(ServiceId id, String uid, Allocation verdict, Optional<String> moved) implements TurnAction {}
}
