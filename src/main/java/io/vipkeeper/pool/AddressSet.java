package io.vipkeeper.pool;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Addresses that may be handed out, kept as spans: its cost is that of the number of spans, never of addresses. Usable
 * neighbours count as adjacent ({@code 192.0.2.254} and the {@code .1} after it), so that what is handed out in order
 * stays one span; addresses that may not be handed out are never in it. For one thread.
 */
public final class AddressSet {
    private final TreeMap<Address, Address> spans;
    private final Comparator<? super Address> order;

    public AddressSet() {
        this(Comparator.naturalOrder());
    }

    /** @param order the natural one, maybe counted */
    public AddressSet(Comparator<? super Address> order) {
        this.order = order;
        this.spans = new TreeMap<>(order);
    }

    public void add(Address address) {
        add(new Span(address, address));
    }

    void add(Span span) {
        Address first = span.first().isUsable()
                ? span.first()
                : span.first().nextUsable().orElse(span.last());
        Address last = span.last().isUsable()
                ? span.last()
                : span.last().previousUsable().orElse(first);
        if (!first.isUsable() || !last.isUsable() || order.compare(first, last) > 0) {
            return;
        }
        Map.Entry<Address, Address> below = spans.floorEntry(first);
        if (below != null && reaches(below.getValue(), first)) {
            first = below.getKey();
            last = later(last, below.getValue());
        }
        Map.Entry<Address, Address> above = spans.ceilingEntry(first);
        while (above != null && reaches(last, above.getKey())) {
            last = later(last, above.getValue());
            spans.remove(above.getKey());
            above = spans.ceilingEntry(first);
        }
        spans.put(first, last);
    }

    void addAll(AddressSet others) {
        others.spans.forEach((first, last) -> add(new Span(first, last)));
    }

    public void remove(Address address) {
        Map.Entry<Address, Address> span = around(address);
        if (span == null) {
            return;
        }
        spans.remove(span.getKey());
        if (!span.getKey().equals(address)) {
            spans.put(span.getKey(), address.previousUsable().orElseThrow());
        }
        if (!span.getValue().equals(address)) {
            spans.put(address.nextUsable().orElseThrow(), span.getValue());
        }
    }

    public boolean contains(Address address) {
        return around(address) != null;
    }

    /** The first that is in, from {@code address} on in that order, itself included. */
    public Optional<Address> in(Address address, SearchOrder way) {
        Map.Entry<Address, Address> span = spans.floorEntry(address);
        if (span != null && order.compare(address, span.getValue()) <= 0) {
            return Optional.of(address);
        }
        if (way == SearchOrder.DESCENDING) {
            return Optional.ofNullable(span).map(Map.Entry::getValue);
        }
        return Optional.ofNullable(spans.higherKey(address));
    }

    /** The first that is not in, from {@code address} on in that order, itself included if it is usable. */
    public Optional<Address> notIn(Address address, SearchOrder way) {
        Map.Entry<Address, Address> span = around(address);
        if (span == null) {
            return address.isUsable() ? Optional.of(address) : way.after(address);
        }
        return way.after(way == SearchOrder.ASCENDING ? span.getValue() : span.getKey());
    }

    /** The first in that order. */
    public Optional<Address> end(SearchOrder way) {
        Map.Entry<Address, Address> span = way == SearchOrder.ASCENDING ? spans.firstEntry() : spans.lastEntry();
        return Optional.ofNullable(span).map(found -> way == SearchOrder.ASCENDING ? found.getKey() : found.getValue());
    }

    public boolean isEmpty() {
        return spans.isEmpty();
    }

    /** How many addresses are in it; {@link Long#MAX_VALUE} for more than fit. */
    public long size() {
        long size = 0;
        for (Map.Entry<Address, Address> span : spans.entrySet()) {
            long more = new Span(span.getKey(), span.getValue()).size();
            size = more > Long.MAX_VALUE - size ? Long.MAX_VALUE : size + more;
        }
        return size;
    }

    private Map.Entry<Address, Address> around(Address address) {
        Map.Entry<Address, Address> span = address.isUsable() ? spans.floorEntry(address) : null;
        return span != null && order.compare(address, span.getValue()) <= 0 ? span : null;
    }

    private boolean reaches(Address last, Address next) {
        return order.compare(last, next) >= 0
                || last.nextUsable().filter(next::equals).isPresent();
    }

    private Address later(Address one, Address other) {
        return order.compare(one, other) >= 0 ? one : other;
    }

    /** {@code 192.0.2.10-192.0.2.20,2001:db8::1-2001:db8::1}, for people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        spans.forEach((first, last) ->
                text.append(text.isEmpty() ? "" : ",").append(first).append('-').append(last));
        return text.toString();
    }
}
