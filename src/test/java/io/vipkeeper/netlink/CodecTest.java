package io.vipkeeper.netlink;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.vipkeeper.linux.Nic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The codecs against bytes of the kernel. */
final class CodecTest {

    @Test
    void readsAnIpv4Address() throws Exception {
        assertThat(AddressMessage.decode(Captured.message(Captured.IPV4_ADDRESS)))
                .isEqualTo(new AddressMessage(InetAddress.getByName("192.0.2.10"), 24, 3, 0x220, 0x76, 0, 30));
    }

    @Test
    void readsAnIpv6Address() throws Exception {
        assertThat(AddressMessage.decode(Captured.message(Captured.IPV6_ADDRESS)))
                .isEqualTo(new AddressMessage(InetAddress.getByName("2001:db8::10"), 128, 3, 0x222, 0x76, 0, 30));
    }

    @Test
    void knowsWhatAnElectorPutThere() throws Exception {
        InetAddress address = InetAddress.getByName("192.0.2.10");
        assertThat(AddressMessage.decode(Captured.message(Captured.IPV4_ADDRESS))
                        .byElector())
                .isTrue();
        assertThat(AddressMessage.decode(Captured.message(Captured.LINK_LOCAL_ADDRESS))
                        .byElector())
                .isFalse();
        assertThat(new AddressMessage(address, 24, 3, 0x80, 0, AddressMessage.FOREVER, AddressMessage.FOREVER)
                        .byElector())
                .as("an administrator's")
                .isFalse();
        assertThat(new AddressMessage(address, 32, 3, 0xa0, 0, 0, AddressMessage.FOREVER).byElector())
                .as("kube-vip's")
                .isTrue();
        assertThat(new AddressMessage(address, 64, 3, 0x20, 2, 0, 600).byElector())
                .as("autoconfigured and grown old")
                .isFalse();
    }

    @Test
    void doesNotTakeAMappedIpv6AddressForAnIpv4Address() throws Exception {
        String mapped =
                Captured.IPV6_ADDRESS.replace("20010db8000000000000000000000010", "00000000000000000000ffffc000020a");
        assertThat(AddressMessage.decode(Captured.message(mapped)).address())
                .isNotEqualTo(InetAddress.getByName("192.0.2.10"));
    }

    @Test
    void asksForAnAddressFieldByField() throws Exception {
        // given
        Captured.bytes("");
        AddressMessage address = new AddressMessage(InetAddress.getByName("192.0.2.10"), 24, 3, 0x200, 0x76, 0, 30);

        // when
        byte[] bytes = new NetlinkMessage(NetlinkMessage.NEW_ADDRESS, 0x505, 7, 0, address.encode()).encode();

        // then
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo(
                        ("4c000000 1400 0505 07000000 00000000" // RTM_NEWADDR, request, ack, create, replace
                                        + "02 18 00 00 03000000" // AF_INET, /24, flags are in their attribute,
                                        // interface 3
                                        + "0800 0200 c000020a 0800 0100 c000020a" // local and address
                                        + "0800 0800 00020000" // no prefix route
                                        + "1400 0600 00000000 1e000000 00000000 00000000" // preferred 0 s, valid 30 s
                                        + "0500 0b00 76 000000") // put there by vipkeeper
                                .replace(" ", ""));
    }

    @Test
    void readsWhatItWrites() throws Exception {
        AddressMessage address =
                new AddressMessage(InetAddress.getByName("2001:db8::10"), 64, 9, 0x202, 0x76, 0, 4_000_000_000L);
        assertThat(AddressMessage.decode(new NetlinkMessage(20, 0, 1, 0, address.encode())))
                .isEqualTo(address);
    }

    @Test
    void readsAnInterface() throws Exception {
        assertThat(LinkMessage.decode(Captured.message(Captured.LINK)))
                .isEqualTo(new LinkMessage(0, new Nic("nic0", 3, "02:00:5e:10:00:01", 0x11043, true)));
    }

    @Test
    void readsTheCarrierFromStateAndDriver() throws Exception {
        String up = Captured.LINK;
        assertThat(carrier(up)).isTrue();
        assertThat(carrier(up.replace("0500 1000 06", "0500 1000 00")))
                .as("UNKNOWN")
                .isTrue();
        assertThat(carrier(up.replace("0500 1000 06", "0500 1000 02")))
                .as("DOWN")
                .isFalse();
        assertThat(carrier(up.replace("0500 1000 06", "0500 1000 05")))
                .as("DORMANT")
                .isFalse();
        assertThat(carrier(up.replace("0500 2100 01", "0500 2100 00")))
                .as("no carrier")
                .isFalse();
    }

    @Test
    void readsRoutes() throws Exception {
        RouteMessage route = RouteMessage.decode(Captured.message(Captured.MULTIPATH_ROUTE));
        assertThat(route).isEqualTo(new RouteMessage(0, 254, 1, 0, OptionalInt.of(2)));
        assertThat(route.isDefault()).isTrue();
        assertThat(RouteMessage.decode(Captured.message(Captured.HOST_ROUTE)).isDefault())
                .isFalse();
    }

    @Test
    void readsAnswers() throws Exception {
        assertThat(Captured.message(Captured.ACKNOWLEDGEMENT).answer()).isZero();
        assertThat(Captured.message(Captured.NO_SUCH_DEVICE).answer()).isEqualTo(-19);
        assertThat(Captured.message(Captured.DUMP_DONE).answer()).isZero();
    }

    @Test
    void readsAllMessagesOfADatagram() throws Exception {
        byte[] both = Captured.bytes(Captured.IPV4_ADDRESS + Captured.IPV6_ADDRESS + Captured.DUMP_DONE);
        assertThat(NetlinkMessage.decodeAll(both, both.length))
                .extracting(NetlinkMessage::type)
                .containsExactly(20, 20, 3);
    }

    @Test
    void refusesWhatIsCutOff() {
        for (String hex : List.of(
                "4c0000001400", // in the header
                "4c000000 1400 0505 07000000 00000000", // no body
                "0c000000 1400 0505 07000000 00000000")) { // shorter than its header
            byte[] bytes = Captured.bytes(hex);
            assertThatThrownBy(() -> NetlinkMessage.decodeAll(bytes, bytes.length))
                    .isInstanceOf(MalformedMessageException.class);
        }
        assertThatThrownBy(() -> NetlinkMessage.decodeAll(new byte[16], 17))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void noBytesMakeADecoderThrowAnythingButItsError() {
        long seed = System.nanoTime();
        System.out.println("CodecTest seed " + seed);
        Random random = new Random(seed);
        int malformed = 0;
        for (int round = 0; round < 100_000; round++) {
            byte[] bytes = mutant(random);
            try {
                for (NetlinkMessage message : NetlinkMessage.decodeAll(bytes, bytes.length)) {
                    malformed += decodeEveryWay(message);
                }
            } catch (MalformedMessageException e) {
                malformed++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", " + HexFormat.of().formatHex(bytes), e);
            }
        }
        assertThat(malformed).as("seed %d refused", seed).isGreaterThan(5_000);
    }

    private static byte[] mutant(Random random) {
        byte[] bytes = Captured.bytes(Captured.ALL.get(random.nextInt(Captured.ALL.size())));
        for (int i = random.nextInt(6); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        if (random.nextInt(3) == 0) {
            bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 8));
        }
        return bytes;
    }

    private static int decodeEveryWay(NetlinkMessage message) {
        int malformed = 0;
        List<NetlinkConnection.Decoder<Object>> decoders =
                List.of(AddressMessage::decode, LinkMessage::decode, RouteMessage::decode, NetlinkMessage::answer);
        for (NetlinkConnection.Decoder<Object> decoder : decoders) {
            try {
                assertThat(decoder.decode(message)).isNotNull();
            } catch (MalformedMessageException e) {
                malformed++;
            }
        }
        return malformed;
    }

    private static boolean carrier(String link) throws MalformedMessageException {
        return LinkMessage.decode(Captured.message(link)).nic().carrier();
    }
}
