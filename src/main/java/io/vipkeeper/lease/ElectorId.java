package io.vipkeeper.lease;

import java.util.List;
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

    /** The members whose majority may move the Lease early, separated by commas, or {@link #PLAIN}. */
    static final String FAST = "vipkeeper.io/fast";

    static final String PLAIN = "off";

    /** Whether the claim was offered by a holder that may have answered for a moment longer. */
    static final String OFFERED = "vipkeeper.io/offered";

    /** The store writes the object's own renewTime here: whoever renews without knowing it outdates every mark. */
    public static final String RENEWED = "vipkeeper.io/renewed";

    /**
     * @param sequence grows with each write of this process
     * @param members whose majority limits the holder; empty: the plain rules
     */
    Map<String, String> marks(String holder, int transitions, long sequence, List<String> members) {
        return marks(holder, transitions, sequence, members, false);
    }

    /** @param offered by a holder that may answer for a moment longer */
    Map<String, String> marks(String holder, int transitions, long sequence, List<String> members, boolean offered) {
        return Map.of(
                OFFERED,
                Boolean.toString(offered),
                FAST,
                members.isEmpty() ? PLAIN : String.join(",", members),
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

    /** The members whose majority may move the Lease early; empty when the plain rules hold. */
    public List<String> members(LeaseRecord record) {
        return isFast(record) ? List.of(record.annotations().get(FAST).split(",")) : List.of();
    }

    /** Whether {@link #members} are any. */
    boolean isFast(LeaseRecord record) {
        return !record.annotations().getOrDefault(FAST, PLAIN).equals(PLAIN) && !record.isFree() && isMarked(record);
    }

    /** Whether this process made {@code record} by its write of that number. */
    boolean isWrite(LeaseRecord record, long sequence) {
        return kinship(record) == Kinship.OWN && sequence(record) == sequence;
    }

    /** The process that wrote a marked record. */
    public static String process(LeaseRecord record) {
        return record.annotations().getOrDefault(PROCESS, "");
    }

    /** Whether the holder before may have answered for a moment longer than it took to write this marked record. */
    static boolean isOffered(LeaseRecord record) {
        return Boolean.parseBoolean(record.annotations().get(OFFERED));
    }

    /** The number of the write that made a marked record; absurd ones are larger than any. */
    public static long sequence(LeaseRecord record) {
        String text = record.annotations().getOrDefault(SEQUENCE, "");
        boolean number = !text.isEmpty() && text.length() < 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Long.parseLong(text) : Long.MAX_VALUE;
    }

    /** Other electors keep annotations, so marks count for the holder, the transition and the renewal they came with. */
    private static boolean isMarked(LeaseRecord record) {
        return record.renewTime().equals(record.annotations().get(RENEWED))
                && isFor(record, record.annotations().getOrDefault(WRITTEN_FOR, ""));
    }

    /** Asked many times in each step, and so without a concatenation. */
    private static boolean isFor(LeaseRecord record, String writtenFor) {
        String transitions = Integer.toString(record.leaseTransitions());
        int slash = record.holderIdentity().length();
        return writtenFor.length() == slash + 1 + transitions.length()
                && writtenFor.charAt(slash) == '/'
                && writtenFor.startsWith(record.holderIdentity())
                && writtenFor.endsWith(transitions);
    }
}
