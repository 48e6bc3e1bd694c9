package io.vipkeeper.grant;

import java.util.OptionalInt;

/**
 * What one candidate says to another in one datagram. Who says it is known from the datagram's authentication, not from
 * its content.
 */
public record Message(Standing standing, Content content) {

    /**
     * How the sender is, in every message.
     *
     * @param ready it could hold now: fit, its API server is ready, and it knows the Lease
     * @param apiAnswers its last request to an API server had a usable answer
     * @param weight the preference among those who could take over, 0 to 255; larger comes first
     */
    public record Standing(boolean ready, boolean apiAnswers, int weight) {}

    /** What it is about. */
    public sealed interface Content {}

    /** The sender lives. */
    public record Hello() implements Content {}

    /**
     * The holder asks for a promise.
     *
     * @param term the leaseTransitions of the record by which the sender holds
     * @param stamp the sender's clock before this left, which only the sender understands
     * @param grantMillis how long the promise is to last, from its receipt
     */
    public record Beat(int term, long stamp, int grantMillis) implements Content {}

    /** A candidate asks for a promise, to take over from a holder that is silent. The members are as in {@link Beat}. */
    public record Ask(int term, long stamp, int grantMillis) implements Content {}

    /**
     * The sender promises what was asked for at {@code stamp}.
     *
     * @param provenMillis how long before this left, at the most, the newest probe began that the sender's own API server
     *     answered well; {@link #OLDEST_PROOF_MILLIS} for whatever is older, empty if it probes none
     */
    public record Promise(long stamp, OptionalInt provenMillis) implements Content {
        public static final int OLDEST_PROOF_MILLIS = 60_000;

        /** Of a node that probes no API server. */
        public Promise(long stamp) {
            this(stamp, OptionalInt.empty());
        }
    }

    /**
     * The holder leaves: its address is still on, but not for long, and it will not hold any longer by anything that it
     * wrote so far.
     *
     * @param handover what will be said once the address is off
     * @param lingerMillis by when after this left the address is off, whatever happens to the sender
     */
    public record Offer(Handover handover, int lingerMillis) implements Content {}

    /**
     * The holder has taken its address off and will not hold by anything that it wrote so far.
     *
     * @param process the process that held, as its mark in the Lease says
     * @param sequence the number of its last write; a later one, if it was sent at all, is not given away
     * @param successor who is to take the Lease now; everybody else leaves it to that one for a moment
     * @param damping how often in a row the Lease was given away because of an unwell API server
     */
    public record Handover(String process, long sequence, String successor, int damping) implements Content {}
}
