package io.vipkeeper.grant;

import io.vipkeeper.lease.LeaseState;

/**
 * How the rest of the core stands, as the fast path needs to know it.
 *
 * @param fit whether this node may hold, as far as it can tell without anybody else
 * @param linkUsable whether the VIP's interface carries frames
 * @param apiAnswers whether the last finished request had a usable answer
 * @param overdue a renewal is overdue by so much that this holder will lose its right if nothing happens
 * @param fenced the kernel filters the address to the millisecond
 * @param admittedUntilNanos until when the kernel was told, at the most, to let this node answer for the address
 */
public record Situation(
        LeaseState lease,
        boolean fit,
        boolean linkUsable,
        boolean apiAnswers,
        boolean overdue,
        boolean fenced,
        long admittedUntilNanos) {}
