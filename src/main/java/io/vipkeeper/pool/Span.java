package io.vipkeeper.pool;

/**
 * All addresses from one to another, both included; they are of one family.
 *
 * @param last not before {@code first}
 */
record Span(Address first, Address last) {
    private static final int OCTETS = 256;

    boolean overlaps(Span other) {
        return first.compareTo(other.last) <= 0 && other.first.compareTo(last) <= 0;
    }

    /** How many of them may be handed out; {@link Long#MAX_VALUE} for more than fit. */
    long size() {
        if (first.ipv6()) {
            long size = last.low() - first.low() + 1;
            return first.high() != last.high() || size <= 0 ? Long.MAX_VALUE : size;
        }
        long all = last.low() - first.low() + 1;
        return all - endingIn(0) - endingIn(OCTETS - 1);
    }

    private long endingIn(int octet) {
        return Math.floorDiv(last.low() - octet, OCTETS) - Math.floorDiv(first.low() - 1 - octet, OCTETS);
    }
}
