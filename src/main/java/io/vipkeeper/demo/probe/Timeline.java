package io.vipkeeper.demo.probe;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the prober saw of one address, and what follows from it. All times are {@link System#nanoTime} of this machine,
 * which all its processes share. Thread-safe.
 */
public final class Timeline {
    /** Answers of one node that are no further apart belong together; a tenth of this is a usual scheduling delay. */
    static final long SAME_SPELL_NANOS = 200_000_000;

    private record Spell(int mac, long from, long to) {}

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
        List<Spell> overlaps = overlaps(spells(from, to));
        overlaps.sort((a, b) -> Long.compare(a.from, b.from));
        long total = 0;
        long covered = 0;
        for (Spell overlap : overlaps) {
            total += Math.max(0, overlap.to - Math.max(overlap.from, covered));
            covered = Math.max(covered, overlap.to);
        }
        return total;
    }

    private static List<Spell> overlaps(List<Spell> spells) {
        List<Spell> overlaps = new ArrayList<>();
        for (Spell one : spells) {
            for (Spell other : spells) {
                long start = Math.max(one.from, other.from);
                long end = Math.min(one.to, other.to);
                if (one.mac < other.mac && start < end) {
                    overlaps.add(new Spell(one.mac, start, end));
                }
            }
        }
        return overlaps;
    }

    /** Uninterrupted runs of answers of one node each; times from the window's start. */
    private List<Spell> spells(long from, long to) {
        List<Spell> closed = new ArrayList<>();
        Map<Integer, Spell> open = new HashMap<>();
        for (int i = answers.firstAtOrAfter(from); i < answers.size() && answers.time(i) - to <= 0; i++) {
            long time = answers.time(i) - from;
            int mac = answers.mark(i);
            Spell spell = open.get(mac);
            if (spell == null || time - spell.to > SAME_SPELL_NANOS) {
                if (spell != null) {
                    closed.add(spell);
                }
                open.put(mac, new Spell(mac, time, time));
            } else {
                open.put(mac, new Spell(mac, spell.from, time));
            }
        }
        closed.addAll(open.values());
        return closed;
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
        BitSet seen = new BitSet();
        for (int i = answers.firstAtOrAfter(at) - 1; i >= 0 && at - answers.time(i) <= SAME_SPELL_NANOS; i--) {
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
