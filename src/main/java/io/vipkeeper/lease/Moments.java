package io.vipkeeper.lease;

/** Compares moments of a monotonic clock, whose count may wrap around. */
public final class Moments {
    private Moments() {}

    public static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }

    public static long later(long one, long other) {
        return one - other < 0 ? other : one;
    }
}
