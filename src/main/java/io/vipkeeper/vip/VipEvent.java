package io.vipkeeper.vip;

/** What the address side is told by the kernel and by the wire. */
public sealed interface VipEvent {

    /** The VIP's interface can carry frames now, or no longer (administratively down, no carrier, gone). */
    record LinkChanged(boolean usable) implements VipEvent {}

    /**
     * The address is on one of this node's interfaces. Also sent for an address that vipkeeper has just bound.
     *
     * @param ours an elector put it there: it bears vipkeeper's IFA_PROTO, or is deprecated as no node's own address is
     * @param permanent the kernel will not remove it by itself
     */
    record AddressFound(VirtualIp vip, boolean ours, boolean permanent) implements VipEvent {}

    /** The address is no longer on the VIP's interface with its prefix: expired, flushed, or unbound by ourselves. */
    record AddressLost(VirtualIp vip) implements VipEvent {}

    /** Another machine on the link says that the address is at its {@code mac}. */
    record ClaimSeen(VirtualIp vip, String mac) implements VipEvent {}

    /** Another machine on the link is about to take the address, and asks whether it may. */
    record Wanted(VirtualIp vip, String mac) implements VipEvent {}

    /** A question that the core asked for has left, or has not. */
    record Probed(VirtualIp vip, BindOutcome outcome) implements VipEvent {}

    /**
     * A bind that the core asked for has ended.
     *
     * @param fenced the kernel filters the address to the millisecond, and passes it for as long as was asked for
     */
    record Bound(VirtualIp vip, BindOutcome outcome, boolean fenced) implements VipEvent {}

    /** A change of the fence has ended. The members are as in {@link Bound}. */
    record Admitted(VirtualIp vip, BindOutcome outcome, boolean fenced) implements VipEvent {}

    /** An unbind that the core asked for has ended. */
    record Unbound(VirtualIp vip, BindOutcome outcome) implements VipEvent {}

    /** An announcement has ended. */
    record Announced(VirtualIp vip, BindOutcome outcome) implements VipEvent {}
}
