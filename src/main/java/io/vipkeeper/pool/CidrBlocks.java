package io.vipkeeper.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The IPv4 blocks that a list of CIDRs amounts to, overlapping and adjacent ones put together. */
final class CidrBlocks {
    private static final int SMALLEST_WITH_ENDS = 4;

    private CidrBlocks() {}

    /**
     * Without the first and the last address of each block of four and more: what would be a network's own address and
     * its broadcast address. As kube-vip-cloud-provider does it, two halves of a block count as that block.
     */
    static List<Span> withoutEnds(List<Span> cidrs) {
        List<Span> blocks = new ArrayList<>();
        for (Span merged : merged(cidrs)) {
            long first = merged.first().low();
            long last = merged.last().low();
            while (first <= last) {
                long size = first == 0 ? 1L << Integer.SIZE : Long.lowestOneBit(first);
                while (size > last - first + 1) {
                    size >>= 1;
                }
                int end = size < SMALLEST_WITH_ENDS ? 0 : 1;
                blocks.add(span(first + end, first + size - 1 - end));
                first += size;
            }
        }
        return blocks;
    }

    private static List<Span> merged(List<Span> cidrs) {
        List<Span> merged = new ArrayList<>();
        cidrs.stream()
                .filter(span -> !span.first().ipv6())
                .sorted(Comparator.comparing(Span::first))
                .forEach(span -> {
                    Span before = merged.isEmpty() ? null : merged.getLast();
                    if (before == null || span.first().low() > before.last().low() + 1) {
                        merged.add(span);
                    } else if (span.last().low() > before.last().low()) {
                        merged.set(merged.size() - 1, new Span(before.first(), span.last()));
                    }
                });
        return merged;
    }

    private static Span span(long first, long last) {
        return new Span(new Address(false, 0, first), new Address(false, 0, last));
    }
}
