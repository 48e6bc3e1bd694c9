package io.vipkeeper.announce;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

import org.pcap4j.packet.ArpPacket;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IcmpV6CommonPacket;
import org.pcap4j.packet.IcmpV6NeighborAdvertisementPacket;
import org.pcap4j.packet.IcmpV6NeighborAdvertisementPacket.IcmpV6NeighborAdvertisementHeader;
import org.pcap4j.packet.IcmpV6NeighborSolicitationPacket;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpV6NeighborDiscoveryTargetLinkLayerAddressOption;
import org.pcap4j.packet.IpV6Packet;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.namednumber.ArpHardwareType;
import org.pcap4j.packet.namednumber.ArpOperation;
import org.pcap4j.packet.namednumber.IcmpV6Code;

import io.vipkeeper.linux.Nic;

/**
 * What a received frame makes its neighbours believe: that the address is at this hardware address; or, of a probe, what
 * it says about its sender.
 *
 * @param mac as the frame's body says it, because that is what neighbours learn; lower-case with colons
 * @param wants the machine is only about to take the address, and asks whether it may
 */
public record Claim(InetAddress address, String mac, boolean wants) {

    /** Somebody has the address. */
    public Claim(InetAddress address, String mac) {
        this(address, mac, false);
    }

    private static final byte HOP_LIMIT = (byte) 255;
    private static final int ETHERNET_ADDRESS = 6;

    /**
     * Reads a whole Ethernet frame. Requests and replies of ARP count alike (RFC 5227 section 2.4), probes with sender
     * 0.0.0.0 want the address, as solicitations of duplicate address detection do, unless they merely ask; of neighbour
     * discovery only what a receiver must not discard (RFC 4861 section 7.1).
     *
     * @return empty for a whole frame that claims nothing
     */
    public static Optional<Claim> decode(byte[] frame, int length) throws MalformedFrameException {
        try {
            Packet packet = EthernetPacket.newPacket(frame, 0, length);
            ArpPacket arp = packet.get(ArpPacket.class);
            return arp != null ? ofArp(arp.getHeader()) : ofNeighbour(packet);
        } catch (IllegalRawDataException | RuntimeException e) {
            // pcap4j declares the first only, but its bounds checks throw unchecked ones at some cut-off frames.
            throw new MalformedFrameException(e);
        }
    }

    private static Optional<Claim> ofArp(ArpPacket.ArpHeader arp) {
        boolean ethernet = ArpHardwareType.ETHERNET.equals(arp.getHardwareType())
                && arp.getHardwareAddrLengthAsInt() == ETHERNET_ADDRESS;
        if (!ethernet) {
            return Optional.empty();
        }
        String mac = Nic.macText(arp.getSrcHardwareAddr().getAddress());
        if (!arp.getSrcProtocolAddr().isAnyLocalAddress()) {
            return Optional.of(new Claim(arp.getSrcProtocolAddr(), mac));
        }
        boolean wants = ArpOperation.REQUEST.equals(arp.getOperation())
                && !Arrays.equals(arp.getDstHardwareAddr().getAddress(), GratuitousArp.MERELY_ASKS);
        return wants ? Optional.of(new Claim(arp.getDstProtocolAddr(), mac, true)) : Optional.empty();
    }

    private static Optional<Claim> ofNeighbour(Packet packet) {
        IpV6Packet ip = packet.get(IpV6Packet.class);
        IcmpV6CommonPacket icmp = packet.get(IcmpV6CommonPacket.class);
        if (ip == null || icmp == null || !acceptable(ip.getHeader(), icmp)) {
            return Optional.empty();
        }
        var advertisement = packet.get(IcmpV6NeighborAdvertisementPacket.class);
        if (advertisement != null) {
            Inet6Address target = advertisement.getHeader().getTargetAddress();
            return Optional.of(new Claim(target, mac(packet, advertisement.getHeader())));
        }
        var solicitation = packet.get(IcmpV6NeighborSolicitationPacket.class);
        boolean wants = solicitation != null
                && ip.getHeader().getSrcAddr().isAnyLocalAddress()
                && solicitation.getHeader().getOptions().isEmpty();
        return wants
                ? Optional.of(new Claim(solicitation.getHeader().getTargetAddress(), sender(packet), true))
                : Optional.empty();
    }

    private static boolean acceptable(IpV6Packet.IpV6Header ip, IcmpV6CommonPacket icmp) {
        return ip.getHopLimit() == HOP_LIMIT
                && IcmpV6Code.NO_CODE.equals(icmp.getHeader().getCode())
                && icmp.hasValidChecksum(ip.getSrcAddr(), ip.getDstAddr(), false);
    }

    /** The option may be absent in an answer to a unicast solicitation; the frame's own source says it then. */
    private static String mac(Packet packet, IcmpV6NeighborAdvertisementHeader advertisement) {
        return advertisement.getOptions().stream()
                .filter(IpV6NeighborDiscoveryTargetLinkLayerAddressOption.class::isInstance)
                .map(IpV6NeighborDiscoveryTargetLinkLayerAddressOption.class::cast)
                .map(IpV6NeighborDiscoveryTargetLinkLayerAddressOption::getLinkLayerAddress)
                .filter(address -> address.length == ETHERNET_ADDRESS)
                .findFirst()
                .map(Nic::macText)
                .orElseGet(() -> sender(packet));
    }

    private static String sender(Packet packet) {
        return Nic.macText(
                packet.get(EthernetPacket.class).getHeader().getSrcAddr().getAddress());
    }
}
