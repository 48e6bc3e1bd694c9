package io.vipkeeper.e2e.recording;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import io.vipkeeper.e2e.history.Recorded;
import io.vipkeeper.e2e.history.Recorded.Voice;

/** Picks from Ethernet frames those that come from a VIP: ARP (RFC 826), NA (RFC 4861) and echo replies. */
final class FrameReader {
    private static final HexFormat MAC = HexFormat.ofDelimiter(":");
    private static final int ARP_LENGTH = 42;
    private static final int IPV4_START = 14;
    private static final int IPV6_PAYLOAD = 54;
    private static final int ADVERTISEMENT_LENGTH = IPV6_PAYLOAD + 24;

    private record Vip(String text, byte[] bytes) {}

    private final List<Vip> vips;

    FrameReader(List<String> vips) {
        this.vips = vips.stream().map(text -> new Vip(text, bytes(text))).toList();
    }

    private static byte[] bytes(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address + " is no address", e);
        }
    }

    /** Empty for a frame of no interest. */
    Optional<Recorded.Frame> read(long time, byte[] frame) {
        if (frame.length < IPV4_START) {
            return Optional.empty();
        }
        return switch ((frame[12] & 0xff) << 8 | frame[13] & 0xff) {
            case 0x0806 -> arp(time, frame);
            case 0x0800 -> echo4(time, frame);
            case 0x86dd -> icmp6(time, frame);
            default -> Optional.empty();
        };
    }

    private Optional<Recorded.Frame> arp(long time, byte[] frame) {
        if (frame.length < ARP_LENGTH) {
            return Optional.empty();
        }
        String source = mac(frame, 6);
        String claimed = mac(frame, 22);
        Voice asked = frame[21] == 1 ? Voice.CLAIM : Voice.ANSWER;
        // A MAC that differs from the sender's own is nobody's: whoever sends that is no node.
        String mac = source.equals(claimed) ? source : source + " for " + claimed;
        return vipAt(frame, 28, 4)
                .map(vip -> new Recorded.Frame(
                        time, mac, vip, vipAt(frame, 38, 4).isPresent() ? Voice.ANNOUNCEMENT : asked));
    }

    private Optional<Recorded.Frame> echo4(long time, byte[] frame) {
        int icmp = IPV4_START + (frame.length > IPV4_START ? (frame[IPV4_START] & 0x0f) * 4 : 0);
        boolean reply = frame.length > Math.max(icmp, 34) && frame[23] == 1 && frame[icmp] == 0;
        return reply ? vipAt(frame, 26, 4).map(vip -> voice(time, frame, vip, Voice.ECHO)) : Optional.empty();
    }

    private Optional<Recorded.Frame> icmp6(long time, byte[] frame) {
        if (frame.length <= IPV6_PAYLOAD || frame[20] != 58) {
            return Optional.empty();
        }
        return switch (frame[IPV6_PAYLOAD] & 0xff) {
            case 129 -> vipAt(frame, 22, 16).map(vip -> voice(time, frame, vip, Voice.ECHO));
            case 136 -> frame.length < ADVERTISEMENT_LENGTH ? Optional.empty() : advertisement(time, frame);
            default -> Optional.empty();
        };
    }

    private Optional<Recorded.Frame> advertisement(long time, byte[] frame) {
        Voice voice = (frame[38] & 0xff) == 0xff ? Voice.ANNOUNCEMENT : Voice.ANSWER;
        return vipAt(frame, 62, 16).map(vip -> voice(time, frame, vip, voice));
    }

    private static Recorded.Frame voice(long time, byte[] frame, String vip, Voice voice) {
        return new Recorded.Frame(time, mac(frame, 6), vip, voice);
    }

    private Optional<String> vipAt(byte[] frame, int offset, int length) {
        return vips.stream()
                .filter(vip -> Arrays.equals(vip.bytes, 0, vip.bytes.length, frame, offset, offset + length))
                .map(Vip::text)
                .findFirst();
    }

    private static String mac(byte[] frame, int offset) {
        return MAC.formatHex(frame, offset, offset + 6);
    }
}
