package io.vipkeeper.e2e.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vipkeeper.e2e.history.Recorded.Frame;
import io.vipkeeper.e2e.history.Recorded.Voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FrameReaderTest {
    private static final String N1 = "02:00:00:00:02:11";
    private static final String VIP = "192.0.2.10";
    private static final String VIP6 = "2001:db8::10";
    private static final String FROM_N1 = "020000000265 020000000211 ";
    private static final String ANNOUNCEMENT =
            "ffffffffffff 020000000211 0806 0001 0800 06 04 0001 020000000211 c000020a 000000000000 c000020a";
    private static final String IPV6 = "86dd 60000000 0020 3a ff ";
    private static final String VIP6_HEX = "20010db8000000000000000000000010";
    private static final String ALL_NODES = "ff020000000000000000000000000001";
    private static final String CLIENT6_HEX = "20010db8000000000000000000000100";

    private final FrameReader reader = new FrameReader(List.of(VIP, VIP6));

    @TempDir
    Path folder;

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private Optional<Frame> read(String hex) {
        return reader.read(7, bytes(hex));
    }

    private static Optional<Frame> says(String vip, Voice voice) {
        return Optional.of(new Frame(7, N1, vip, voice));
    }

    @Test
    void tellsTheVoicesOfArpApart() {
        String request = "0806 0001 0800 06 04 0001 ";
        String reply = "0806 0001 0800 06 04 0002 ";

        assertThat(read(ANNOUNCEMENT)).isEqualTo(says(VIP, Voice.ANNOUNCEMENT));
        assertThat(read(FROM_N1 + reply + "020000000211 c000020a ffffffffffff c000020a"))
                .isEqualTo(says(VIP, Voice.ANNOUNCEMENT));
        assertThat(read(FROM_N1 + reply + "020000000211 c000020a 020000000265 c0000265"))
                .isEqualTo(says(VIP, Voice.ANSWER));
        assertThat(read(FROM_N1 + request + "020000000211 c000020a 000000000000 c0000264"))
                .isEqualTo(says(VIP, Voice.CLAIM));
        // a question for the VIP, and an RFC 5227 probe, claim nothing
        assertThat(read(FROM_N1 + request + "020000000211 c0000264 000000000000 c000020a"))
                .isEmpty();
        assertThat(read(FROM_N1 + request + "020000000211 00000000 000000000000 c000020a"))
                .isEmpty();
    }

    @Test
    void aClaimForAnotherMacIsNobodys() {
        assertThat(read(FROM_N1 + "0806 0001 0800 06 04 0002 020000000212 c000020a 020000000265 c0000265"))
                .hasValueSatisfying(frame -> assertThat(frame.mac()).isEqualTo(N1 + " for 02:00:00:00:02:12"));
    }

    @Test
    void tellsTheVoicesOfIpApart() {
        String ipv4 = "0800 4500 0024 0000 4000 40 01 0000 ";

        assertThat(read(FROM_N1 + ipv4 + "c000020a c0000264 00 00 0000 7669 0001"))
                .isEqualTo(says(VIP, Voice.ECHO));
        assertThat(read(FROM_N1 + ipv4 + "c000020b c0000264 00 00 0000 7669 0001"))
                .isEmpty();
        assertThat(read(FROM_N1 + ipv4 + "c000020a c0000264 08 00 0000 7669 0001"))
                .isEmpty();
        assertThat(read(FROM_N1 + IPV6 + VIP6_HEX + CLIENT6_HEX + "81 00 0000 7669 0001"))
                .isEqualTo(says(VIP6, Voice.ECHO));
        assertThat(read(FROM_N1 + IPV6 + VIP6_HEX + ALL_NODES + "88 00 0000 20000000" + VIP6_HEX))
                .isEqualTo(says(VIP6, Voice.ANNOUNCEMENT));
        assertThat(read(FROM_N1 + IPV6 + VIP6_HEX + CLIENT6_HEX + "88 00 0000 60000000" + VIP6_HEX))
                .isEqualTo(says(VIP6, Voice.ANSWER));
        assertThat(read(FROM_N1 + IPV6 + VIP6_HEX + CLIENT6_HEX + "88 00 0000 60000000" + CLIENT6_HEX))
                .isEmpty();
    }

    @Test
    void aFrameThatIsCutShortAnywhereSaysNothingAndHarmsNothing() {
        byte[] arp = bytes(ANNOUNCEMENT);
        byte[] advertisement = bytes(FROM_N1 + IPV6 + VIP6_HEX + ALL_NODES + "88 00 0000 20000000" + VIP6_HEX);

        for (byte[] frame : List.of(arp, advertisement)) {
            for (int length = 0; length < frame.length; length++) {
                assertThat(reader.read(7, Arrays.copyOf(frame, length))).isEmpty();
            }
        }
    }

    @Test
    void readsACaptureUpToABrokenLastPacket() throws IOException {
        // given: two packets, the second of which is not complete
        byte[] frame = bytes(ANNOUNCEMENT);
        ByteBuffer file = ByteBuffer.allocate(24 + 16 + frame.length + 16 + 10).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0xa1b23c4d).putInt(0x00040002).putLong(0).putInt(96).putInt(1);
        file.putInt(1_795_000_000).putInt(123).putInt(frame.length).putInt(frame.length);
        file.put(frame);
        file.putInt(1_795_000_001).putInt(0).putInt(frame.length).putInt(frame.length);
        Path capture = Files.write(folder.resolve("frames.pcap"), file.array());

        // when
        List<Frame> frames = FrameFile.read(capture, reader);

        // then
        assertThat(frames).containsExactly(new Frame(1_795_000_000_000_000_123L, N1, VIP, Voice.ANNOUNCEMENT));
    }

    @Test
    void refusesACaptureWithMicroseconds() throws IOException {
        // given
        byte[] header = ByteBuffer.allocate(24)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0xa1b2c3d4)
                .array();
        Path capture = Files.write(folder.resolve("frames.pcap"), header);

        // then
        assertThatThrownBy(() -> FrameFile.read(capture, reader))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no capture of Ethernet frames with nanoseconds");
    }
}
