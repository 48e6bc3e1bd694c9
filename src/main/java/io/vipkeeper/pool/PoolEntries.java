package io.vipkeeper.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The value of one pool: CIDRs and ranges of both families, with commas between. */
final class PoolEntries {
    private static final String DHCP = "0.0.0.0/32";

    /** What no pool may reach into, and what to call it. */
    private enum Forbidden {
        UNSPECIFIED("0.0.0.0/8", "this network"),
        LOOPBACK4("127.0.0.0/8", "loopback addresses"),
        MULTICAST4("224.0.0.0/3", "multicast and reserved addresses"),
        LOOPBACK6("::/127", "the unspecified and the loopback address"),
        MULTICAST6("ff00::/8", "multicast addresses");

        private final Span span;
        private final String meaning;

        Forbidden(String cidr, String meaning) {
            int slash = cidr.indexOf('/');
            this.span = Address.parse(cidr.substring(0, slash))
                    .orElseThrow()
                    .prefix(Integer.parseInt(cidr.substring(slash + 1)));
            this.meaning = meaning;
        }
    }

    private final boolean skipsEnds;
    private final BiConsumer<String, String> fault;
    private final List<Span> cidrs = new ArrayList<>();
    private final List<Span> ranges = new ArrayList<>();

    /**
     * @param skipsEnds whether the first and the last address of each IPv4 CIDR are left out
     * @param fault told what is wrong with which entry
     */
    PoolEntries(boolean skipsEnds, BiConsumer<String, String> fault) {
        this.skipsEnds = skipsEnds;
        this.fault = fault;
    }

    static boolean isDhcp(String value) {
        return value.strip().equals(DHCP);
    }

    PoolEntries read(String value) {
        for (String entry : value.split(",", -1)) {
            String text = entry.strip();
            if (text.isEmpty()) {
                fault.accept(entry, "is empty; take the comma away, or write a CIDR or a range");
            } else if (text.equals(DHCP)) {
                fault.accept(entry, "asks for DHCP and has to stand alone");
            } else if (text.indexOf('/') >= 0) {
                cidr(text).ifPresent(span -> keep(text, span, cidrs));
            } else {
                range(text).ifPresent(span -> keep(text, span, ranges));
            }
        }
        return this;
    }

    /** All of a family, overlaps only once. */
    AddressSet addresses(Family family) {
        AddressSet all = new AddressSet();
        List<Span> blocks = family == Family.IPV4 && skipsEnds ? CidrBlocks.withoutEnds(cidrs) : cidrs;
        blocks.stream().filter(span -> span.first().family() == family).forEach(all::add);
        ranges.stream().filter(span -> span.first().family() == family).forEach(all::add);
        return all;
    }

    private void keep(String text, Span span, List<Span> kind) {
        for (Forbidden forbidden : Forbidden.values()) {
            if (forbidden.span.overlaps(span)) {
                fault.accept(text, "reaches into " + forbidden.meaning + "; write addresses of your network");
                return;
            }
        }
        if (span.size() == 0) {
            fault.accept(text, "has no address to hand out, since those that end in .0 and .255 are left out");
            return;
        }
        kind.add(span);
    }

    private Optional<Span> cidr(String text) {
        int slash = text.indexOf('/');
        Optional<Address> address = Address.parse(text.substring(0, slash));
        String length = text.substring(slash + 1);
        int longest = address.filter(Address::ipv6).isPresent() ? 128 : 32;
        if (address.isEmpty() || !length.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(length) > longest) {
            fault.accept(text, "is no CIDR; write it like 192.0.2.16/28 or 2001:db8::/120");
            return Optional.empty();
        }
        return Optional.of(address.get().prefix(Integer.parseInt(length)));
    }

    private Optional<Span> range(String text) {
        String[] ends = text.split("-", -1);
        Optional<Address> first = Address.parse(ends[0].strip());
        if (ends.length == 1 && first.isPresent()) {
            String host = first.get() + (first.get().ipv6() ? "/128" : "/32");
            fault.accept(text, "is a single address; write " + host);
            return Optional.empty();
        }
        Optional<Address> last = ends.length == 2 ? Address.parse(ends[1].strip()) : Optional.empty();
        if (first.isEmpty() || last.isEmpty()) {
            fault.accept(text, "is no range; write it like 192.0.2.10-192.0.2.20 or 2001:db8::10-2001:db8::20");
            return Optional.empty();
        }
        if (first.get().ipv6() != last.get().ipv6()) {
            fault.accept(text, "begins in one family and ends in the other; write a range for each");
            return Optional.empty();
        }
        if (first.get().compareTo(last.get()) > 0) {
            fault.accept(text, "ends before it begins; write " + last.get() + "-" + first.get());
            return Optional.empty();
        }
        return Optional.of(new Span(first.get(), last.get()));
    }
}
