package io.vipkeeper.pool.turn;

import java.util.List;
import java.util.Map;

import io.vipkeeper.pool.Address;
import io.vipkeeper.pool.Pools;
import io.vipkeeper.pool.ledger.Reservation;
import io.vipkeeper.pool.ledger.ServiceId;

/** What whoever hands out addresses learns. */
public sealed interface TurnEvent {

    /**
     * This node is in charge.
     *
     * @param term another one each time that the Lease changes hands, as its leaseTransitions
     * @param untilNanos when its right ends if the Lease is not renewed
     */
    record InCharge(long term, long untilNanos) implements TurnEvent {}

    record NotInCharge() implements TurnEvent {}

    /**
     * All Services that there are.
     *
     * @param term of which {@link TurnAction.ListAll} this is the answer, read from the API server after it was asked;
     *     less than 0 for a list that was not asked for, as of a watch that begins anew
     * @param version the resourceVersion of the list
     */
    record Listed(long term, String version, List<Applicant> all) implements TurnEvent {}

    /** A Service is there, or is another than before. */
    record Changed(Applicant applicant) implements TurnEvent {}

    record Deleted(ServiceId id, String uid) implements TurnEvent {}

    record PoolsRead(Pools pools) implements TurnEvent {}

    /** The addresses that no pool hands out: those of Nodes, the control plane's. */
    record Reserved(Map<Address, Reservation> all) implements TurnEvent {}

    /** What became of a {@link TurnAction.Write}. */
    record Answered(long request, WriteAnswer answer) implements TurnEvent {}

    /** The answer to a {@link TurnAction.ReadBack}. */
    record Read(Applicant applicant) implements TurnEvent {}

    /** Time has passed; as often as a lost answer is to be asked for again. */
    record Tick() implements TurnEvent {}

    /** What became of a write. */
    sealed interface WriteAnswer {
        /** It is stored. @param stored as the API server has it now */
        record Stored(Applicant stored) implements WriteAnswer {}

        /** 409: somebody else wrote the Service since. */
        record Conflict() implements WriteAnswer {}

        /** 404: there is no such Service any more. */
        record Gone() implements WriteAnswer {}

        /** No answer, or none that tells: it may be stored, or may be stored later. */
        record Lost() implements WriteAnswer {}

        /** The API server does not want it, and that will not change by itself. @param sentence one line for people */
        record Denied(String sentence) implements WriteAnswer {}
    }
}
