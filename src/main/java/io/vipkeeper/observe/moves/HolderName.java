package io.vipkeeper.observe.moves;

/** What others wrote into the Lease as its holder; it is neither kept nor passed on at any length. */
public final class HolderName {
    private static final int LONGEST = 253;

    private HolderName() {}

    public static String cut(String name) {
        return name.substring(0, Math.min(LONGEST, name.length()));
    }
}
