package io.vipkeeper.demo.probe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Uninterrupted runs of answers of one node each, within a window. Times are nanoseconds since the window's start, so
 * that they can be compared as numbers.
 */
final class Spells {
    private record Spell(int mac, long from, long to) {}

    private final List<Spell> spells = new ArrayList<>();
    private final long length;

    private Spells(long length) {
        this.length = length;
    }

    static Spells of(LongSeries answers, long from, long to) {
        Spells found = new Spells(to - from);
        Map<Integer, Spell> open = new HashMap<>();
        for (int i = answers.firstAtOrAfter(from); i < answers.size() && answers.time(i) - to <= 0; i++) {
            long time = answers.time(i) - from;
            int mac = answers.mark(i);
            Spell spell = open.get(mac);
            if (spell == null || time - spell.to > Timeline.SAME_SPELL_NANOS) {
                if (spell != null) {
                    found.spells.add(spell);
                }
                open.put(mac, new Spell(mac, time, time));
            } else {
                open.put(mac, new Spell(mac, spell.from, time));
            }
        }
        found.spells.addAll(open.values());
        found.spells.sort(Comparator.comparingLong(Spell::from).thenComparingInt(Spell::mac));
        return found;
    }

    /** How long spells of different nodes overlap; what several overlaps cover counts once. */
    long overlapping() {
        List<Spell> overlaps = overlaps();
        overlaps.sort(Comparator.comparingLong(Spell::from));
        long total = 0;
        long covered = 0;
        for (Spell overlap : overlaps) {
            total += Math.max(0, overlap.to - Math.max(overlap.from, covered));
            covered = Math.max(covered, overlap.to);
        }
        return total;
    }

    private List<Spell> overlaps() {
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

    /**
     * When the address went to another node: another one began to answer, or the one that began last fell silent while
     * another still answered. A node that goes on after nobody answered has not moved it.
     */
    List<Long> moves() {
        List<Long> moves = new ArrayList<>();
        Spell current = null;
        for (Spell next : spells) {
            current = current == null ? next : followed(current, next.from, moves);
            if (next.mac != current.mac) {
                moves.add(next.from);
            }
            current = next.mac != current.mac || next.to > current.to ? next : current;
        }
        if (current != null) {
            followed(current, length, moves);
        }
        return moves;
    }

    /** Who has the address at a time: the given one, or whoever still answered when it fell silent, and so on. */
    private Spell followed(Spell from, long until, List<Long> moves) {
        Spell current = from;
        while (silent(current, until)) {
            long end = current.to;
            Spell last = current;
            Spell heir = spells.stream()
                    .filter(other -> other.mac != last.mac && other.from < end && other.to > end)
                    .max(Comparator.comparingLong(Spell::to))
                    .orElse(null);
            if (heir == null) {
                return current;
            }
            moves.add(end);
            current = heir;
        }
        return current;
    }

    private boolean silent(Spell spell, long until) {
        return spell.to < until && length - spell.to > Timeline.SAME_SPELL_NANOS;
    }
}
