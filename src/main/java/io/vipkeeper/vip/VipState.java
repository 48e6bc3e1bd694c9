package io.vipkeeper.vip;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The address side's state between two steps: one entry for each virtual IP.
 *
 * @param entries never changed in place
 */
public record VipState(Map<VirtualIp, Entry> entries) {

    public VipState {
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    public static VipState initial(Iterable<VirtualIp> vips, long nowNanos) {
        Map<VirtualIp, Entry> entries = new LinkedHashMap<>();
        vips.forEach(vip -> entries.put(vip, Entry.absent(nowNanos)));
        return new VipState(entries);
    }

    VipState with(VirtualIp vip, Entry entry) {
        Map<VirtualIp, Entry> next = new LinkedHashMap<>(entries);
        next.put(vip, entry);
        return new VipState(next);
    }

    /** Whether no virtual IP is on this node, as far as is known. */
    public boolean allOff() {
        return all(Entry::off);
    }

    private boolean all(Predicate<Entry> property) {
        for (Entry entry : entries.values()) {
            if (!property.test(entry)) {
                return false;
            }
        }
        return true;
    }

    /** Whether this process has put every virtual IP on. */
    public boolean allBound() {
        return all(entry -> entry.bound.isPresent());
    }

    /** Whether this process has put no virtual IP on, and is not about to. */
    public boolean noneBound() {
        return all(entry -> entry.bound.isEmpty() && !entry.underWay);
    }

    /** Whether the kernel filters every address that is on to the millisecond. */
    public boolean fenced() {
        return all(entry -> entry.fenced);
    }

    /**
     * Until when this node may answer for a virtual IP at the most, if this process did nothing any more.
     *
     * @param kernelLatenessNanos how late the kernel may end an address's lifetime
     */
    public long answersUntil(long nowNanos, long kernelLatenessNanos) {
        long latest = nowNanos;
        for (Entry entry : entries.values()) {
            long until = entry.fenced ? entry.admittedUntil : entry.kernelEnds + kernelLatenessNanos;
            latest = until - latest > 0 ? until : latest;
        }
        return latest;
    }

    /** Whether an address is on this node that no elector put there. */
    public boolean occupied(long nowNanos) {
        for (Entry entry : entries.values()) {
            if (entry.foreignUntil.isPresent() && entry.foreignUntil.get() - nowNanos > 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * One virtual IP.
     *
     * @param bound when this process bound it; empty when it has not, or it was taken away
     * @param present an elector's address is on this node, bound by this process or not
     * @param permanent the kernel will not end it
     * @param underWay a bind or an unbind was asked for and not answered yet
     * @param kernelEnds when the kernel removes what was bound last, as far as this process knows
     * @param refreshAt when to see whether a new lifetime would gain time
     * @param announced how many announcements were asked for since the bind
     * @param retryAt not before this moment after a refusal
     * @param claimAnswered when a foreign claim was answered last
     * @param fenced the kernel filters the address to the millisecond
     * @param asked until when the fence is to pass it, by the call that is or was under way last
     * @param admittedUntil until when the fence passes it at the most
     * @param admitAt when to prolong that at the earliest
     * @param proof the probes before a bind, while they run
     * @param askAt when to ask next who answers
     * @param foreignUntil how long to believe that an address which is no elector's is here
     */
    public record Entry(
            Optional<Long> bound,
            boolean present,
            boolean permanent,
            boolean underWay,
            long kernelEnds,
            long refreshAt,
            int announced,
            long retryAt,
            Optional<Long> claimAnswered,
            Optional<Long> foreignUntil,
            boolean fenced,
            long asked,
            long admittedUntil,
            long admitAt,
            Optional<Proof> proof,
            long askAt) {

        private static Entry absent(long now) {
            return new Entry(
                    Optional.empty(),
                    false,
                    false,
                    false,
                    now,
                    now,
                    0,
                    now,
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    now,
                    now,
                    now,
                    Optional.empty(),
                    now);
        }

        boolean off() {
            return bound.isEmpty() && !present && !underWay;
        }
    }
}
