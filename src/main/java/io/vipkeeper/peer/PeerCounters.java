package io.vipkeeper.peer;

/**
 * How many datagrams since the socket was opened.
 *
 * @param sent handed to the kernel
 * @param sendsRefused that the kernel did not take: no route, a full queue, a firewall
 * @param unaddressed messages for a node that is not known, or out of bounds
 * @param accepted whose sender and newness were proven
 * @param undelivered of the accepted ones, those that the subscriber was too slow for
 * @param badLength too short, too long, or wrong for their kind
 * @param badVersion of another program, or of a version that this one does not speak
 * @param unknownSender of a process that the API does not know, or not any more, or not yet
 * @param replayed received before, or more than 63 newer ones of the same sender ago
 * @param badAuthentication not by whom they say, or changed on the way
 * @param malformed with impossible content; of a proven sender, but for a kind that does not exist
 */
public record PeerCounters(
        long sent,
        long sendsRefused,
        long unaddressed,
        long accepted,
        long undelivered,
        long badLength,
        long badVersion,
        long unknownSender,
        long replayed,
        long badAuthentication,
        long malformed) {

    /** All that were received and not accepted. */
    public long dropped() {
        return badLength + badVersion + unknownSender + replayed + badAuthentication + malformed;
    }
}
