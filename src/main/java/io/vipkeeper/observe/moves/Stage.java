package io.vipkeeper.observe.moves;

/** A part of a move, in the order of time; what lies between two of them is the pipeline's own and takes microseconds. */
public enum Stage {
    /** From when the holder was heard last until the candidacy began; of early moves only. */
    SILENCE,
    /** From the beginning of the candidacy to the right to claim; of early moves only. */
    VOTES,
    /** From before the winning request left until its answer. */
    SWAP,
    /** From that answer until the kernel had the address; each address has its own. */
    BIND,
    /** From then until the kernel had taken the first announcement; each address has its own. */
    ANNOUNCE
}
