package io.vipkeeper.lease;

import java.util.Map;

/**
 * Who this process is, in the Lease's words and in its marks. The marks are annotations; other electors keep them when
 * they take or renew the Lease, so they count only for the holder, the transition and the renewal they came with.
 *
 * @param identity the node's name, as every other elector of this cluster writes it
 * @param machine tells machines apart that share a name
 * @param process tells processes apart; new at each start
 */
public record ElectorId(String identity, String machine, String process) {

    static final String WRITTEN_FOR = "vipkeeper.io/written-for";
    static final String MACHINE = "vipkeeper.io/machine";
    static final String PROCESS = "vipkeeper.io/process";
    static final String SEQUENCE = "vipkeeper.io/sequence";

    /** The store writes the object's own renewTime here: whoever renews without knowing it outdates every mark. */
    public static final String RENEWED = "vipkeeper.io/renewed";

    /** @param sequence grows with each write of this process */
    Map<String, String> marks(String holder, int transitions, long sequence) {
        return Map.of(
                WRITTEN_FOR,
                holder + "/" + transitions,
                MACHINE,
                machine,
                PROCESS,
                process,
                SEQUENCE,
                Long.toString(sequence));
    }

    /** Whose record this is. */
    public Kinship kinship(LeaseRecord record) {
        boolean marked = isMarked(record);
        if (record.isFree()) {
            return marked ? Kinship.FREED_BY_KEEPER : Kinship.FREED;
        }
        if (!record.holderIdentity().equals(identity)) {
            return marked ? Kinship.KEEPER : Kinship.FOREIGN;
        }
        if (!marked) {
            return Kinship.NAMESAKE;
        }
        if (!machine.equals(record.annotations().get(MACHINE))) {
            return Kinship.TWIN;
        }
        return process.equals(record.annotations().get(PROCESS)) ? Kinship.OWN : Kinship.PREVIOUS_LIFE;
    }

    /** Other electors keep annotations, so marks count for the holder, the transition and the renewal they came with. */
    private static boolean isMarked(LeaseRecord record) {
        return (record.holderIdentity() + "/" + record.leaseTransitions())
                        .equals(record.annotations().get(WRITTEN_FOR))
                && record.renewTime().equals(record.annotations().get(RENEWED));
    }
}
