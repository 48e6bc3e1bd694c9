package io.vipkeeper.vip;

/** What the election lets the address side do. */
public sealed interface Stance {

    /**
     * The Lease was not read yet, or it names an earlier life of this node: an address that is still there stays until
     * the kernel ends it.
     */
    record Undecided() implements Stance {}

    /**
     * This node holds.
     *
     * @param rightEndsNanos when the address must be off
     * @param kernelEndsNanos by when the kernel must be told to remove it
     * @param caution what comes before an address that is not on
     */
    record Holding(long rightEndsNanos, long kernelEndsNanos, Caution caution) implements Stance {

        /** A holder beside whom nobody can answer. */
        public Holding(long rightEndsNanos, long kernelEndsNanos) {
            this(rightEndsNanos, kernelEndsNanos, Caution.NONE);
        }
    }

    /**
     * No Lease could be read yet, and this node would answer provisionally if nobody did: it keeps asking who does, and
     * takes off what it put on itself.
     */
    record Listening() implements Stance {}

    /**
     * A successor is about to hold: what is on stays for a moment, and nothing is done for it any more.
     *
     * @param endsNanos when the address must be off
     */
    record Lingering(long endsNanos) implements Stance {}

    /** Nobody is known to hold but this node may not: its right ended and was not renewed. */
    record Lapsed() implements Stance {}

    /** The address does not belong here. */
    record Off() implements Stance {}
}
