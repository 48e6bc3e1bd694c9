package io.vipkeeper.observe;

import java.util.Optional;

import io.vipkeeper.keeper.KeeperStatus;

/**
 * Which fence guards the addresses that are on, or would guard them if they were.
 *
 * @param kind {@link #NFTABLES} or {@link #ADDRESS}
 * @param why there is no better one; empty for nftables
 */
public record FenceReport(String kind, String why) {

    /** The kernel filters the addresses to the millisecond. */
    public static final String NFTABLES = "nftables";

    /** The lifetime of the address alone, in whole seconds. */
    public static final String ADDRESS = "address";

    /** Why there is no better one where the configuration asks for none. */
    public static final String PRESERVED = "a preserved address cannot be fenced";

    /** The same. */
    public static final String NO_ELECTION = "there is no election";

    /** @param possible {@link #NFTABLES}, or why there is no such fence on this node */
    public static FenceReport of(Optional<KeeperStatus> status, String possible) {
        boolean on = status.filter(now -> now.bound().containsValue(true)).isPresent();
        boolean fenced = on ? status.orElseThrow().fast().fenced() : possible.equals(NFTABLES);
        if (fenced) {
            return new FenceReport(NFTABLES, "");
        }
        return new FenceReport(ADDRESS, possible.equals(NFTABLES) ? "the kernel has not taken the rules" : possible);
    }
}
