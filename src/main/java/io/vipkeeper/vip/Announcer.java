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
}
