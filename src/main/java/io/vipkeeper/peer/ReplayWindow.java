package io.vipkeeper.peer;

/**
 * Which sequence numbers of one sender were there already (RFC 4303 section 3.4.3). Datagrams may overtake each other
 * by less than {@value #WIDTH}; older ones count as replayed. One thread only.
 */
final class ReplayWindow {
    static final int WIDTH = 64;

    private long highest;

    /** Bit n for the number {@code highest - n}. */
    private long seen;

    /** Asked before the tag is verified, because it is cheaper. */
    boolean isNew(long sequence) {
        if (sequence > highest) {
            return true;
        }
        long age = highest - sequence;
        return sequence > 0 && age < WIDTH && (seen >>> age & 1) == 0;
    }

    /** Only for a number that is new and was verified, else a forger could close the window. */
    void accept(long sequence) {
        if (sequence > highest) {
            long ahead = sequence - highest;
            seen = ahead < WIDTH ? seen << ahead | 1 : 1;
            highest = sequence;
        } else {
            seen |= 1L << (highest - sequence);
        }
    }
}
