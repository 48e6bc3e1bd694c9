package io.vipkeeper.fence;

import java.nio.ByteBuffer;

/**
 * The expressions of one rule ({@code linux/netfilter/nf_tables.h}): each loads into or judges the register, and the
 * first that does not match ends the rule.
 */
final class Rule {
    private static final int REGISTER = 1;
    private static final int VERDICT_REGISTER = 0;
    private static final int LINK_PROTOCOL = 1;
    private static final int TRANSPORT_PROTOCOL = 16;
    private static final int NETWORK_HEADER = 1;
    private static final int TRANSPORT_HEADER = 2;
    private static final int EQUAL = 0;
    private static final int INVERTED = 1;
    private static final int DROP = 0;

    private static final int ARP = 0x0806;
    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86dd;
    private static final byte ICMPV6 = 58;
    private static final byte NEIGHBOR_ADVERTISEMENT = (byte) 136;

    private final Attributes list = new Attributes();

    /** ARP of any kind with the address as its sender's, gratuitous ones among them. */
    static Rule dropArpFrom() {
        return new Rule().protocol(ARP).dropUnlessLive(NETWORK_HEADER, 14, false);
    }

    static Rule dropIpv4From() {
        return new Rule().protocol(IPV4).dropUnlessLive(NETWORK_HEADER, 12, false);
    }

    static Rule dropIpv4To() {
        return new Rule().protocol(IPV4).dropUnlessLive(NETWORK_HEADER, 16, false);
    }

    static Rule dropIpv6From() {
        return new Rule().protocol(IPV6).dropUnlessLive(NETWORK_HEADER, 8, true);
    }

    static Rule dropIpv6To() {
        return new Rule().protocol(IPV6).dropUnlessLive(NETWORK_HEADER, 24, true);
    }

    /** An advertisement may come from any address of the node; what it claims is the target (RFC 4861 section 4.4). */
    static Rule dropNeighborAdvertisementOf() {
        return new Rule()
                .protocol(IPV6)
                .meta(TRANSPORT_PROTOCOL)
                .equal(new byte[] {ICMPV6})
                .load(TRANSPORT_HEADER, 0, 1)
                .equal(new byte[] {NEIGHBOR_ADVERTISEMENT})
                .dropUnlessLive(TRANSPORT_HEADER, 8, true);
    }

    Attributes expressions() {
        return list;
    }

    private Rule protocol(int etherType) {
        return meta(LINK_PROTOCOL)
                .equal(ByteBuffer.allocate(Short.BYTES)
                        .putShort((short) etherType)
                        .array());
    }

    private Rule dropUnlessLive(int header, int offset, boolean ipv6) {
        AddressSet guarded = AddressSet.guarded(ipv6);
        return load(header, offset, guarded.keyLength())
                .in(guarded)
                .load(header, offset, guarded.keyLength())
                .notIn(AddressSet.live(ipv6))
                .drop();
    }

    private Rule meta(int key) {
        return add("meta", new Attributes().number(2, key).number(1, REGISTER));
    }

    private Rule load(int header, int offset, int length) {
        return add(
                "payload",
                new Attributes()
                        .number(1, REGISTER)
                        .number(2, header)
                        .number(3, offset)
                        .number(4, length));
    }

    private Rule equal(byte[] value) {
        return add(
                "cmp", new Attributes().number(1, REGISTER).number(2, EQUAL).nest(3, new Attributes().bytes(1, value)));
    }

    private Rule in(AddressSet set) {
        return add("lookup", lookup(set));
    }

    private Rule notIn(AddressSet set) {
        return add("lookup", lookup(set).number(5, INVERTED));
    }

    private static Attributes lookup(AddressSet set) {
        return new Attributes().number(2, REGISTER).text(1, set.kernelName()).number(4, set.id());
    }

    private Rule drop() {
        Attributes verdict = new Attributes().nest(2, new Attributes().number(1, DROP));
        return add("immediate", new Attributes().number(1, VERDICT_REGISTER).nest(2, verdict));
    }

    private Rule add(String name, Attributes data) {
        list.nest(1, new Attributes().text(1, name).nest(2, data));
        return this;
    }
}
