package io.vipkeeper.e2e.history;

import java.util.OptionalLong;

/** One thing that a recorder saw. */
public sealed interface Recorded {

    /** CLOCK_REALTIME in nanoseconds since 1970. */
    long time();

    /** What a frame says about the VIP that it comes from. */
    enum Voice {
        /** Unasked, to everybody: gratuitous ARP, or an unsolicited NA. */
        ANNOUNCEMENT,
        /** An ARP reply or a solicited NA. */
        ANSWER,
        /** An ARP request of the VIP for another address: it claims the VIP as well. */
        CLAIM,
        /** An ICMP or ICMPv6 echo reply. */
        ECHO
    }

    /**
     * A frame of the VIP that reached the bridge; stamped by the kernel. What a filter on the sender dropped never does.
     *
     * @param mac the source in lower case with colons
     */
    record Frame(long time, String mac, String vip, Voice voice) implements Recorded {}

    /**
     * The VIP was put on a node or renewed there, or went for whatever reason, expiry among them. Stamped by the reader
     * of one queue for all nodes, so that the order is the kernel's.
     */
    record Address(long time, String node, String vip, boolean on) implements Recorded {}

    /**
     * A version of the Lease, or its deletion.
     *
     * @param holder empty for nobody, and after a deletion
     * @param offered the holder before offered it, and may answer for a moment longer
     */
    record Lease(long time, long revision, String holder, long durationNanos, boolean deleted, boolean offered)
            implements Recorded {

        boolean free() {
            return holder.isEmpty();
        }
    }

    /** What happened to the filter of a node, which lets a VIP pass unless it is guarded and not admitted. */
    enum Filter {
        GUARDED,
        UNGUARDED,
        ADMITTED,
        BLOCKED
    }

    /**
     * A change of a node's filter, stamped at reading.
     *
     * @param nanos for how long it guards or admits; empty for ever. The kernel tells nobody when that is over.
     */
    record Fence(long time, String node, String vip, Filter filter, OptionalLong nanos) implements Recorded {

        /** The end of what began, in nanoseconds since 1970. */
        long until() {
            return nanos.isPresent() ? time + nanos.getAsLong() : Long.MAX_VALUE;
        }
    }
}
