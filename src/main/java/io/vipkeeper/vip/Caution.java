package io.vipkeeper.vip;

/** What a node does before it puts an address on. */
public enum Caution {
    /** Nothing: the election says that nobody else can answer for it. */
    NONE,
    /** Probes until nobody answers, for four seconds at the longest: nobody but a provisional holder can. */
    BOUNDED,
    /** Probes until nobody answers, and puts it on within moments of that or not at all. */
    STRICT
}
