package io.vipkeeper.demo.probe;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProbeFramesTest {
    private static final Inet4Address VIP = (Inet4Address) address("192.0.2.10");
    private static final Inet6Address VIP6 = (Inet6Address) address("2001:db8::10");

    @Test
    void asksForTheAddressAsSomebodyTheKernelDoesNotKnow() {
        // when / then
        assertThat(HexFormat.of().formatHex(ProbeFrames.arpRequest(VIP)))
                .isEqualTo("ffffffffffff" + "020000000265" + "0806" // Ethernet: broadcast, asker, ARP
                        + "0001" + "0800" + "06" + "04" + "0001" // Ethernet, IPv4, lengths, request
                        + "020000000265" + "c0000265" // sender
                        + "000000000000" + "c000020a"); // target: the VIP
    }

    @Test
    void readsAnAnswerAnAnnouncementInEitherFormAndNothingElse() {
        // given
        String ethernet = "020000000265" + "020000000211" + "0806" + "0001" + "0800" + "0604";
        byte[] answer = frame(ethernet + "0002" + "020000000211" + "c000020a" + "020000000265" + "c0000265");
        byte[] request = frame(ethernet + "0001" + "020000000211" + "c000020a" + "000000000000" + "c000020a");
        byte[] reply = frame(ethernet + "0002" + "020000000211" + "c000020a" + "ffffffffffff" + "c000020a");
        byte[] foreign = frame(ethernet + "0002" + "020000000211" + "c000020b" + "020000000265" + "c0000265");

        // when / then
        assertThat(ProbeFrames.arpClaim(answer, 42, VIP)).contains(new ProbeFrames.Claim("02:00:00:00:02:11", true));
        assertThat(ProbeFrames.arpClaim(request, 42, VIP)).contains(new ProbeFrames.Claim("02:00:00:00:02:11", false));
        assertThat(ProbeFrames.arpClaim(reply, 42, VIP)).contains(new ProbeFrames.Claim("02:00:00:00:02:11", false));
        assertThat(ProbeFrames.arpClaim(foreign, 42, VIP)).isEmpty();
        assertThat(ProbeFrames.arpClaim(answer, 41, VIP)).isEmpty();
        assertThat(ProbeFrames.arpClaim(ProbeFrames.arpRequest(VIP), 42, VIP)).isEmpty();
    }

    @Test
    void solicitsTheNeighbourWithAChecksumThatAddsUp() {
        // when
        byte[] frame = ProbeFrames.solicitation(VIP6);

        // then: RFC 4443 section 2.3, the sum over pseudo-header and message is all ones
        assertThat(HexFormat.of().formatHex(frame, 0, 14)).isEqualTo("3333ff000010" + "020000000265" + "86dd");
        long sum = 32 + 58;
        for (int i = 22; i < frame.length; i += 2) {
            sum += (frame[i] & 0xff) << 8 | frame[i + 1] & 0xff;
        }
        assertThat((sum & 0xffff) + (sum >>> 16)).isEqualTo(0xffff);
    }

    @Test
    void readsAdvertisementsForTheProberAndForAll() {
        // given: RFC 4861 section 4.4, with the flags solicited and override
        String toProber = advertisement("20010db8000000000000000000000101", "20010db8000000000000000000000010");
        String toAll = advertisement("ff020000000000000000000000000001", "20010db8000000000000000000000010");
        String ofAnother = advertisement("ff020000000000000000000000000001", "20010db8000000000000000000000011");

        // when / then
        assertThat(ProbeFrames.advertisement(frame(toProber), 86, VIP6))
                .contains(new ProbeFrames.Claim("02:00:00:00:02:11", true));
        assertThat(ProbeFrames.advertisement(frame(toAll), 86, VIP6))
                .contains(new ProbeFrames.Claim("02:00:00:00:02:11", false));
        assertThat(ProbeFrames.advertisement(frame(ofAnother), 86, VIP6)).isEmpty();
    }

    @Test
    void neverFailsOnWhatArrives() {
        // given
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);

        // when / then: no exception, whatever the bytes and lengths
        for (int round = 0; round < 20_000; round++) {
            byte[] packet = new byte[128];
            random.nextBytes(packet);
            int length = random.nextInt(129);
            ProbeFrames.arpClaim(packet, length, VIP);
            ProbeFrames.advertisement(packet, length, VIP6);
            ProbeFrames.isEchoReply(packet, length, 0, (short) 1);
            ProbeFrames.isEchoReply(packet, length, 129, (short) 1);
        }
    }

    @Test
    void anEchoRequestCarriesAnInternetChecksum() {
        // when / then: RFC 792; 0x0800 + 0x7669 + 0x0001 complemented
        assertThat(HexFormat.of().formatHex(ProbeFrames.echo(8, (short) 0x7669, (short) 1)))
                .isEqualTo("0800" + "8195" + "7669" + "0001" + "0000000000000000");
    }

    private static String advertisement(String destination, String target) {
        return "333300000001" + "020000000211" + "86dd" // Ethernet
                + "60000000" + "0020" + "3a" + "ff" + "20010db8000000000000000000000011" + destination // IPv6
                + "88" + "00" + "0000" + "60000000" + target + "0201" + "020000000211"; // ICMPv6
    }

    private static byte[] frame(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
