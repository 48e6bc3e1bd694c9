package io.vipkeeper.announce;

import java.util.List;

import io.vipkeeper.vip.VirtualIp;

/** What a frame about a virtual IP says, and in which protocol. */
public enum Form {
    /** An ARP Announcement, as a request (RFC 5227 section 3). */
    ARP_REQUEST,
    /** Gratuitous ARP as a reply (RFC 5944 section 4.6). */
    ARP_REPLY,
    /** The question whether anybody has the address (RFC 5227 section 2.1.1). */
    ARP_PROBE,
    /** An unsolicited neighbour advertisement (RFC 4861 section 7.2.6). */
    NEIGHBOR_ADVERTISEMENT,
    /** The same question for IPv6 (RFC 4862 section 5.4.2). */
    NEIGHBOR_SOLICITATION;

    static List<Form> announcing(VirtualIp vip) {
        return vip.isIpv6() ? List.of(NEIGHBOR_ADVERTISEMENT) : List.of(ARP_REQUEST, ARP_REPLY);
    }

    static List<Form> asking(VirtualIp vip) {
        return List.of(vip.isIpv6() ? NEIGHBOR_SOLICITATION : ARP_PROBE);
    }

    /** @param wants of a question: whether the sender is about to take the address */
    byte[] frame(byte[] mac, VirtualIp vip, boolean wants) {
        return switch (this) {
            case ARP_REQUEST -> GratuitousArp.request(mac, vip.address());
            case ARP_REPLY -> GratuitousArp.reply(mac, vip.address());
            case ARP_PROBE ->
                wants ? GratuitousArp.probe(mac, vip.address()) : GratuitousArp.question(mac, vip.address());
            case NEIGHBOR_ADVERTISEMENT -> NeighborAdvertisement.unsolicited(mac, vip.address());
            case NEIGHBOR_SOLICITATION ->
                wants
                        ? NeighborSolicitation.probe(mac, vip.address())
                        : NeighborSolicitation.question(mac, vip.address());
        };
    }
}
