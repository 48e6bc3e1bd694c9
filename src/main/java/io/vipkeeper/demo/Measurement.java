package io.vipkeeper.demo;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a client noticed of one fault. All durations in nanoseconds.
 *
 * @param successor who answered first after the old holder; empty if nobody did within the observation
 * @param gap the longest time between two answers
 * @param open whether that time had not ended with the observation
 * @param twoAnswering how long two nodes answered
 * @param withoutEnd whether they still did when the observation ended
 * @param oldAnswered how long after the fault the old holder still answered
 * @param takeover from the fault to the successor's first answer
 * @param announced from the successor's first answer to its first announcement; negative if that came first
 * @param sinceRenewal from the holder's last renewal, by the Lease's renewTime, to the successor's first answer
 * @param moves how often the VIP went to another node in all of the observation
 * @param flips how many of them came after the fault had relented
 * @param watched how long the client watched, from the fault on
 * @param resolution how far apart the client's questions were at worst
 * @param fastPath of the holder, when the fault struck
 */
public record Measurement(
        String program,
        Fault fault,
        String holder,
        Optional<String> successor,
        long gap,
        boolean open,
        long twoAnswering,
        boolean withoutEnd,
        long oldAnswered,
        OptionalLong takeover,
        OptionalLong announced,
        OptionalLong sinceRenewal,
        int moves,
        int flips,
        long watched,
        long resolution,
        FastPath fastPath) {}
