package io.vipkeeper.vip;

/** Tells the neighbours where the address is. Calls take microseconds, throw nothing, and come from one thread. */
public interface Announcer {

    /**
     * Sends each form once: for IPv4 a gratuitous ARP request and reply (RFC 5227 section 3), for IPv6 an unsolicited
     * neighbour advertisement to all nodes (RFC 4861 section 7.2.6).
     *
     * @return what the kernel said to the last refused frame, or {@link BindOutcome.Done}
     */
    BindOutcome announce(VirtualIp vip);

    /**
     * Asks whether anybody answers for the address, without claiming it: an ARP probe (RFC 5227 section 2.1.1), or for
     * IPv6 a solicitation as duplicate address detection sends it (RFC 4862 section 5.4.2). It changes no neighbour's
     * table.
     *
     * @param wants whether others are to see that this node is about to take the address; a mere question differs in a
     *     field that receivers ignore
     */
    BindOutcome probe(VirtualIp vip, boolean wants);

    /** Walks the path of the other calls without an effect, so that the first real one finds it walked. */
    default void rehearse() {}
}
