package io.vipkeeper.pool.ledger;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * What a Service has, or asks for.
 *
 * @param uid of the object
 * @param created when the API server created it
 * @param settled whether its addresses were accepted once; a wish that was not never takes from whom has them
 * @param ports with none it shares with nobody
 * @param sharing whether its namespace lets others be given its IPv4 address
 */
public record Claim(
        ServiceId id,
        String uid,
        Instant created,
        boolean settled,
        List<Grant> grants,
        Set<Port> ports,
        boolean sharing) {

    /**
     * Who goes first when two cannot both have an address: whom it was accepted for, then the older object. All
     * replicas come to the same result, whatever order they see things in.
     */
    static final Comparator<Claim> SENIORITY = Comparator.comparing((Claim claim) -> !claim.settled)
            .thenComparing(Claim::created)
            .thenComparing(Claim::uid)
            .thenComparing(Claim::id, Comparator.comparing(ServiceId::toString));

    /** Whether both can have one address at the same time. */
    boolean canShare(Grant own, Claim other, Grant others) {
        boolean distinct = !ports.isEmpty() && !other.ports.isEmpty() && Collections.disjoint(ports, other.ports);
        boolean foreign = own.reason() == Grant.Reason.FOREIGN || others.reason() == Grant.Reason.FOREIGN;
        boolean chosenTwice = own.reason() == Grant.Reason.POOL && others.reason() == Grant.Reason.POOL;
        return distinct && !foreign && !chosenTwice;
    }
}
