package io.vipkeeper.announce;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.vipkeeper.vip.VirtualIp;

import static org.assertj.core.api.Assertions.assertThat;

/** What a frame claims, and which frames the kernel's filter lets through. */
final class ClaimTest {
    private static final byte[] MAC = HexFormat.of().parseHex("02005e102030");
    private static final String MAC_TEXT = "02:00:5e:10:20:30";
    private static final int HOP_LIMIT_OFFSET = 21;
    private static final int CHECKSUM_OFFSET = 56;

    private final InetAddress ipv4 = inet("192.0.2.10");
    private final InetAddress ipv6 = inet("2001:db8::10");
    private final byte[] request = GratuitousArp.request(MAC, ipv4);
    private final byte[] reply = GratuitousArp.reply(MAC, ipv4);
    private final byte[] advertisement = NeighborAdvertisement.unsolicited(MAC, ipv6);

    @Test
    void readsBothFormsOfArpAndAnAdvertisement() throws Exception {
        assertThat(decode(request)).contains(new Claim(ipv4, MAC_TEXT));
        assertThat(decode(reply)).contains(new Claim(ipv4, MAC_TEXT));
        assertThat(decode(Arrays.copyOf(reply, 60))).as("padded").contains(new Claim(ipv4, MAC_TEXT));
        assertThat(decode(advertisement)).contains(new Claim(ipv6, MAC_TEXT));
    }

    @Test
    void aProbeWantsTheAddressUnlessItMerelyAsks() throws Exception {
        assertThat(decode(GratuitousArp.probe(MAC, ipv4))).contains(new Claim(ipv4, MAC_TEXT, true));
        assertThat(decode(GratuitousArp.question(MAC, ipv4))).isEmpty();
        assertThat(decode(NeighborSolicitation.probe(MAC, ipv6))).contains(new Claim(ipv6, MAC_TEXT, true));
        assertThat(decode(NeighborSolicitation.question(MAC, ipv6))).isEmpty();
    }

    @Test
    void anOrdinaryQuestionOfAHostClaimsAndWantsNothing() throws Exception {
        byte[] question = request.clone();
        question[31] = 101;
        assertThat(decode(question).filter(claim -> claim.address().equals(ipv4)))
                .isEmpty();
    }

    @Test
    void anAdvertisementThatReceiversDiscardClaimsNothing() throws Exception {
        byte[] routed = advertisement.clone();
        routed[HOP_LIMIT_OFFSET] = (byte) 254;
        assertThat(decode(routed)).as("hop limit 254").isEmpty();

        byte[] damaged = advertisement.clone();
        damaged[CHECKSUM_OFFSET] ^= 1;
        assertThat(decode(damaged)).as("wrong checksum").isEmpty();
    }

    @Test
    void noBytesMakeTheDecoderThrowAnythingButItsError() {
        long seed = System.nanoTime();
        System.out.println("ClaimTest seed " + seed);
        Random random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < 100_000; round++) {
            byte[] frame = mutant(random);
            try {
                assertThat(decode(frame)).isNotNull();
            } catch (MalformedFrameException e) {
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", " + HexFormat.of().formatHex(frame), e);
            }
        }
        assertThat(refused).as("seed %d", seed).isGreaterThan(1_000);
    }

    @Test
    void theFilterLetsClaimsOfTheVipsThroughAndNothingElse() {
        // given
        byte[] program = ClaimFilter.of(List.of(
                VirtualIp.host(inet("192.0.2.99")),
                VirtualIp.host(ipv4),
                VirtualIp.host(inet("2001:db8::99")),
                VirtualIp.host(ipv6)));
        ClassicBpf filter = new ClassicBpf(program);

        // then
        byte[] probe = GratuitousArp.probe(MAC, ipv4);
        byte[] probe6 = NeighborSolicitation.probe(MAC, ipv6);
        for (byte[] frame : List.of(request, reply, advertisement, probe, probe6)) {
            assertThat(filter.accepts(frame, ClassicBpf.BROADCAST, false)).isTrue();
            assertThat(filter.accepts(frame, ClassicBpf.OUTGOING, false))
                    .as("own")
                    .isFalse();
            assertThat(filter.accepts(frame, ClassicBpf.BROADCAST, true))
                    .as("VLAN")
                    .isFalse();
            assertThat(filter.accepts(Arrays.copyOf(frame, 20), ClassicBpf.BROADCAST, false))
                    .as("cut off")
                    .isFalse();
        }
        assertThat(filter.accepts(GratuitousArp.request(MAC, inet("192.0.2.11")), 0, false))
                .isFalse();
        assertThat(filter.accepts(NeighborAdvertisement.unsolicited(MAC, inet("2001:db8::1:10")), 0, false))
                .isFalse();
        assertThat(filter.accepts(GratuitousArp.probe(MAC, inet("192.0.2.11")), 0, false))
                .isFalse();
        byte[] echo = advertisement.clone();
        echo[54] = (byte) 128;
        assertThat(filter.accepts(echo, 0, false)).isFalse();
    }

    private byte[] mutant(Random random) {
        byte[] frame = List.of(request, reply, advertisement, NeighborSolicitation.probe(MAC, ipv6))
                .get(random.nextInt(4))
                .clone();
        for (int i = random.nextInt(5); i > 0; i--) {
            frame[random.nextInt(frame.length)] = (byte) random.nextInt();
        }
        return random.nextInt(3) == 0 ? Arrays.copyOf(frame, random.nextInt(frame.length + 30)) : frame;
    }

    private static Optional<Claim> decode(byte[] frame) throws MalformedFrameException {
        return Claim.decode(frame, frame.length);
    }

    private static InetAddress inet(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
