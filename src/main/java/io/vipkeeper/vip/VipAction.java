package io.vipkeeper.vip;

/** What the address side wants done on this node. */
public sealed interface VipAction {

    VirtualIp vip();

    /**
     * Let the kernel's fence pass the address until {@code rightEndsNanos} and no longer, be that later or sooner than
     * before. Answered by {@link VipEvent.Admitted}.
     */
    record Admit(VirtualIp vip, long rightEndsNanos) implements VipAction {}

    /**
     * Put the address on, or renew its kernel lifetime; nothing once {@code rightEndsNanos} is over. Answered by
     * {@link VipEvent.Bound}.
     *
     * @param kernelEndsNanos by when the kernel must have removed it; the lifetime is computed when the call is made
     * @param announces tell the neighbours as soon as it is on, beside the announcements that are asked for: they send
     *     to the holder before until they are told
     */
    record Bind(VirtualIp vip, long rightEndsNanos, long kernelEndsNanos, boolean announces) implements VipAction {}

    /** Take the address off. Answered by {@link VipEvent.Unbound}. */
    record Unbind(VirtualIp vip) implements VipAction {}

    /**
     * Ask whether somebody else answers for the address, without claiming it. Answered by {@link VipEvent.Probed}; what
     * other machines say to it is {@link VipEvent.ClaimSeen}.
     *
     * @param wants this node is about to take the address, which a provisional holder makes way for
     */
    record Probe(VirtualIp vip, boolean wants) implements VipAction {}

    /** Tell the neighbours; nothing once {@code rightEndsNanos} is over. Answered by {@link VipEvent.Announced}. */
    record Announce(VirtualIp vip, long rightEndsNanos) implements VipAction {}
}
