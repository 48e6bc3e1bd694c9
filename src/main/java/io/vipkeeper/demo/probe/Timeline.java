package io.vipkeeper.demo.probe;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the prober saw of one address, and what follows from it. All times are {@link System#nanoTime} of this machine,
 * which all its processes share. Thread-safe.
 */
public final class Timeline {
    /** Answers of one node that are no further apart belong together; a tenth of this is a usual scheduling delay. */
    public static final long SAME_SPELL_NANOS = 200_000_000;

    private static final long TOLD_NANOS = 20_000_000;

    private final List<String> macs = new ArrayList<>();
    private final LongSeries ticks = new LongSeries();
    private final LongSeries answers = new LongSeries();
    private final LongSeries echoes = new LongSeries();
    private final LongSeries announcements = new LongSeries();

    /** The prober asked. */
    public synchronized void asked(long time) {
        ticks.add(time, 0);
    }

    /** A node answered the question who has the address. */
    public synchronized void answered(long time, String mac) {
        answers.add(time, index(mac));
    }

    /** A node said unasked that it has the address. */
    public synchronized void announced(long time, String mac) {
        announcements.add(time, index(mac));
    }

    /** An ICMP echo came back. */
    public synchronized void echoed(long time) {
        echoes.add(time, 0);
    }

    private int index(String mac) {
        int index = macs.indexOf(mac);
        if (index < 0) {
            macs.add(mac);
            return macs.size() - 1;
        }
        return index;
    }

    /**
     * The client's gap: the longest time between the arrivals of two echoes that follow each other, if it touches the
     * window. Arrivals and not sendings, because the kernel keeps packets while it looks for the neighbour and sends
     * them all when it has found it: their senders have waited. A gap that is still open counts up to the window's end.
     */
    public synchronized long gapNanos(long from, long to) {
        return echoes.longestDistance(from, to);
    }

    /** How far apart the prober's own questions were at worst: no gap can be told more exactly than this. */
    public synchronized long resolutionNanos(long from, long to) {
        return ticks.longestDistance(from, to);
    }

    /** How long answers of different nodes were mixed. A change from one to the other is none. */
    public synchronized long twoAnsweringNanos(long from, long to) {
        return Spells.of(answers, from, to).overlapping();
    }

    /**
     * When the address went to another node: another one began to answer, or of two that answered the one that had
     * begun later fell silent. In ascending order.
     */
    public synchronized List<Long> moves(long from, long to) {
        return Spells.of(answers, from, to).moves().stream()
                .map(time -> from + time)
                .toList();
    }

    /** Whether in all of the window one and the same node answered, and echoes came back without a gap of 200 ms. */
    public synchronized boolean calm(long from, long to) {
        return answering(from, to) == 1
                && answers.longestDistance(from, to) <= SAME_SPELL_NANOS
                && echoes.longestDistance(from, to) <= SAME_SPELL_NANOS;
    }

    /** Whether what happened up to a time has been told: the prober has asked again a while after it. */
    synchronized boolean isComplete(long time) {
        return ticks.size() > 0 && ticks.time(ticks.size() - 1) - time >= TOLD_NANOS;
    }

    /** Forgets what was before a time, but for the last of each kind. */
    public synchronized void forgetBefore(long time) {
        List.of(ticks, answers, echoes, announcements).forEach(series -> series.forgetBefore(time));
    }

    /** Who answered last within 200 ms before a time. */
    public synchronized Optional<String> holder(long at) {
        int index = answers.firstAtOrAfter(at) - 1;
        boolean fresh = index >= 0 && at - answers.time(index) <= SAME_SPELL_NANOS;
        return fresh ? Optional.of(macs.get(answers.mark(index))) : Optional.empty();
    }

    /** Whether an echo came back within 200 ms before a time. */
    public synchronized boolean echoing(long at) {
        int index = echoes.firstAtOrAfter(at) - 1;
        return index >= 0 && at - echoes.time(index) <= SAME_SPELL_NANOS;
    }

    /** How many nodes answered within 200 ms before a time. */
    public synchronized int answering(long at) {
        return answering(at - SAME_SPELL_NANOS, at);
    }

    private int answering(long from, long to) {
        BitSet seen = new BitSet();
        for (int i = answers.firstAtOrAfter(to + 1) - 1; i >= 0 && from - answers.time(i) <= 0; i--) {
            seen.set(answers.mark(i));
        }
        return seen.cardinality();
    }

    /** When a node first answered at or after a time. */
    public synchronized OptionalLong firstAnswer(String mac, long from) {
        return first(answers, from, macs.indexOf(mac), true);
    }

    /** When any node but this one first answered at or after a time. */
    public synchronized OptionalLong firstAnswerOfAnother(String mac, long from) {
        return first(answers, from, macs.indexOf(mac), false);
    }

    /** When a node first announced the address at or after a time. */
    public synchronized OptionalLong firstAnnouncement(String mac, long from) {
        return first(announcements, from, macs.indexOf(mac), true);
    }

    /** When a node last answered at or before a time. */
    public synchronized OptionalLong lastAnswer(String mac, long to) {
        int wanted = macs.indexOf(mac);
        for (int i = answers.firstAtOrAfter(to + 1) - 1; i >= 0; i--) {
            if (answers.mark(i) == wanted) {
                return OptionalLong.of(answers.time(i));
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong first(LongSeries series, long from, int mac, boolean same) {
        for (int i = series.firstAtOrAfter(from); i < series.size(); i++) {
            if ((series.mark(i) == mac) == same) {
                return OptionalLong.of(series.time(i));
            }
        }
        return OptionalLong.empty();
    }
}
