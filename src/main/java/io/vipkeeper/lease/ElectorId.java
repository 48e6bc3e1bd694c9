package io.vipkeeper.lease;

import java.util.Map;

/**
 * Who this process is, in the Lease's words and in its marks. The marks are annotations; other electors keep them when
 * they take the Lease, so they count only together with the holder and the transition that they were written for.
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
        boolean marked = (record.holderIdentity() + "/" + record.leaseTransitions())
                .equals(record.annotations().get(WRITTEN_FOR));
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

    /**
     * Whether somebody renewed this process's own record without knowing its marks: an elector of another kind that
     * uses the same identity.
     */
    boolean renewedByAnother(LeaseRecord known, LeaseRecord seen) {
        return kinship(known) == Kinship.OWN
                && kinship(seen) == Kinship.OWN
                && known.annotations()
                        .getOrDefault(SEQUENCE, "")
                        .equals(seen.annotations().get(SEQUENCE))
                && !known.renewTime().equals(seen.renewTime());
    }
}
