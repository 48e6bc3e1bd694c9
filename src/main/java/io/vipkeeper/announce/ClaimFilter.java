package io.vipkeeper.announce;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

import io.vipkeeper.vip.VirtualIp;

/**
 * A classic BPF program ({@code struct sock_filter} of {@code linux/filter.h}, host byte order) that lets only those
 * frames up to the program that could claim or want one of the VIPs: ARP with a VIP as sender, or as target where the
 * sender is 0.0.0.0, and neighbour solicitations and advertisements with a VIP as target. Left out are frames of this node itself and of other VLANs, whose tag the kernel has already taken off.
 */
final class ClaimFilter {
    private static final int LOAD_WORD = 0x20;
    private static final int LOAD_HALF = 0x28;
    private static final int LOAD_BYTE = 0x30;
    private static final int JUMP = 0x05;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int RETURN = 0x06;

    /** Pseudo-offsets at which the kernel tells what is not in the frame (SKF_AD_OFF). */
    private static final int PACKET_TYPE = -0x1000 + 4;

    private static final int VLAN_TAG_PRESENT = -0x1000 + 48;
    private static final int OUTGOING = 4;

    private static final int ETHERTYPE_OFFSET = 12;
    private static final int ARP_SENDER_OFFSET = 14 + 14;
    private static final int ARP_TARGET_OFFSET = 14 + 24;
    private static final int NEXT_HEADER_OFFSET = 14 + 6;
    private static final int ICMP_TYPE_OFFSET = 14 + 40;
    private static final int TARGET_OFFSET = ICMP_TYPE_OFFSET + 8;
    private static final int NEXT_HEADER_ICMPV6 = 58;
    private static final int TYPE_SOLICITATION = 135;
    private static final int TYPE_ADVERTISEMENT = 136;

    private static final int WHOLE_FRAME = 0x40000;
    private static final int NOTHING = 0;

    private final ByteArrayOutputStream program = new ByteArrayOutputStream();

    private ClaimFilter() {}

    static byte[] of(List<VirtualIp> vips) {
        byte[] arp = arp(vips);
        return new ClaimFilter()
                .add(LOAD_BYTE, 0, 0, VLAN_TAG_PRESENT)
                .require(0)
                .add(LOAD_BYTE, 0, 0, PACKET_TYPE)
                .add(JUMP_IF_EQUAL, 0, 1, OUTGOING)
                .add(RETURN, 0, 0, NOTHING)
                .add(LOAD_HALF, 0, 0, ETHERTYPE_OFFSET)
                .add(JUMP_IF_EQUAL, 1, 0, PacketSocket.ARP)
                .add(JUMP, 0, 0, arp.length / 8)
                .append(arp)
                .require(PacketSocket.IPV6)
                .append(neighbour(vips))
                .program
                .toByteArray();
    }

    private static byte[] arp(List<VirtualIp> vips) {
        ClaimFilter section = new ClaimFilter().add(LOAD_WORD, 0, 0, ARP_SENDER_OFFSET);
        section.acceptIpv4(vips);
        section.require(0).add(LOAD_WORD, 0, 0, ARP_TARGET_OFFSET);
        section.acceptIpv4(vips);
        return section.add(RETURN, 0, 0, NOTHING).program.toByteArray();
    }

    private void acceptIpv4(List<VirtualIp> vips) {
        for (VirtualIp vip : vips) {
            if (!vip.isIpv6()) {
                int address = ByteBuffer.wrap(vip.address().getAddress()).getInt();
                add(JUMP_IF_EQUAL, 0, 1, address).add(RETURN, 0, 0, WHOLE_FRAME);
            }
        }
    }

    private static byte[] neighbour(List<VirtualIp> vips) {
        ClaimFilter section = new ClaimFilter()
                .add(LOAD_BYTE, 0, 0, NEXT_HEADER_OFFSET)
                .require(NEXT_HEADER_ICMPV6)
                .add(LOAD_BYTE, 0, 0, ICMP_TYPE_OFFSET)
                .add(JUMP_IF_EQUAL, 2, 0, TYPE_SOLICITATION)
                .require(TYPE_ADVERTISEMENT);
        for (VirtualIp vip : vips) {
            if (vip.isIpv6()) {
                section.acceptTarget(ByteBuffer.wrap(vip.address().getAddress()));
            }
        }
        return section.add(RETURN, 0, 0, NOTHING).program.toByteArray();
    }

    /** Four words, each of which jumps behind the acceptance when it differs. */
    private void acceptTarget(ByteBuffer address) {
        for (int word = 0; word < 4; word++) {
            add(LOAD_WORD, 0, 0, TARGET_OFFSET + 4 * word);
            add(JUMP_IF_EQUAL, 0, 7 - 2 * word, address.getInt());
        }
        add(RETURN, 0, 0, WHOLE_FRAME);
    }

    private ClaimFilter require(int value) {
        return add(JUMP_IF_EQUAL, 1, 0, value).add(RETURN, 0, 0, NOTHING);
    }

    private ClaimFilter append(byte[] section) {
        program.writeBytes(section);
        return this;
    }

    private ClaimFilter add(int code, int ifTrue, int ifFalse, int operand) {
        program.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.nativeOrder())
                .putShort((short) code)
                .put((byte) ifTrue)
                .put((byte) ifFalse)
                .putInt(operand)
                .array());
        return this;
    }
}
