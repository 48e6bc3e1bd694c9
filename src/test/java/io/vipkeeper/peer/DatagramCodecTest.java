package io.vipkeeper.peer;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

import io.vipkeeper.grant.Message;
import io.vipkeeper.grant.Message.Ask;
import io.vipkeeper.grant.Message.Beat;
import io.vipkeeper.grant.Message.Content;
import io.vipkeeper.grant.Message.Handover;
import io.vipkeeper.grant.Message.Hello;
import io.vipkeeper.grant.Message.Offer;
import io.vipkeeper.grant.Message.Promise;
import io.vipkeeper.grant.Message.Standing;

import static org.assertj.core.api.Assertions.assertThat;

/** The layout without its tag: one form in bytes for each message, and nothing else is read. */
final class DatagramCodecTest {
    private static final SenderId SENDER = new SenderId(0x0102030405060708L, 0x090a0b0c0d0e0f10L);
    private static final Standing STANDING = new Standing(true, false, 200);
    private static final String PROCESS = "6f1c2a9e-0b5d-4c6e-9a73-d2f5f3f0a1b4";
    private static final String LONGEST_NODE = "n".repeat(253);

    static final List<Content> CONTENTS = List.of(
            new Hello(),
            new Beat(0, 0, 1),
            new Beat(Integer.MAX_VALUE, Long.MIN_VALUE, 60_000),
            new Ask(7, -1, 300),
            new Promise(Long.MAX_VALUE),
            new Promise(1, OptionalInt.of(0)),
            new Promise(Long.MIN_VALUE, OptionalInt.of(60_000)),
            new Offer(new Handover(PROCESS, 0, "b", 0), 0),
            new Offer(new Handover("p", Long.MAX_VALUE, LONGEST_NODE, 255), 60_000),
            new Handover(PROCESS, 0, "b", 0),
            new Handover("p", Long.MAX_VALUE, LONGEST_NODE, 255),
            new Handover(PROCESS, 1, LONGEST_NODE, 1));

    @ParameterizedTest
    @FieldSource("CONTENTS")
    void readsWhatItWrites(Content content) {
        for (Standing standing : List.of(
                new Standing(false, false, 0),
                new Standing(true, false, 1),
                new Standing(false, true, 128),
                new Standing(true, true, 255))) {
            Message message = new Message(standing, content);
            assertThat(DatagramCodec.decode(encoded(message))).contains(message);
        }
    }

    @Test
    void writesABeatByteForByte() {
        assertThat(HexFormat.of()
                        .formatHex(bytes(encoded(new Message(STANDING, new Beat(3, 0x1122334455667788L, 300))))))
                .isEqualTo(
                        ("564b5002" // VKP, version 2
                                        + "0102030405060708 090a0b0c0d0e0f10" // sender
                                        + "0000000000000005" // sequence
                                        + "02 01 c8" // beat; ready; weight 200
                                        + "00000003 1122334455667788 012c" // term, stamp, 300 ms
                                        + "00".repeat(16)) // the tag's place
                                .replace(" ", ""));
    }

    @Test
    void writesAHandoverByteForByte() {
        Message message = new Message(new Standing(false, true, 0), new Handover("p1", 9, "node-b", 2));
        assertThat(HexFormat.of().formatHex(bytes(encoded(message)), 28, 31 + 9 + 3 + 7))
                .isEqualTo("05 02 00 0000000000000009 02 02 7031 06 6e6f64652d62".replace(" ", ""));
    }

    @Test
    void theLongestMessageIsTheLongestDatagram() {
        Message longest = new Message(STANDING, new Offer(new Handover(PROCESS, 1, LONGEST_NODE, 1), 1));
        assertThat(encoded(longest).limit()).isEqualTo(DatagramCodec.LONGEST).isEqualTo(349);
        assertThat(encoded(new Message(STANDING, new Hello())).limit()).isEqualTo(DatagramCodec.SHORTEST);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"below, -1", "above, 256"})
    void doesNotWriteAWeightOutOfBounds(String name, int weight) {
        assertThat(writes(new Message(new Standing(true, true, weight), new Hello())))
                .isFalse();
    }

    static final List<Content> OUT_OF_BOUNDS = List.of(
            new Beat(-1, 0, 300),
            new Beat(1, 0, 0),
            new Beat(1, 0, 60_001),
            new Ask(-1, 0, 300),
            new Ask(1, 0, -300),
            new Ask(1, 0, 65_536 + 300),
            new Promise(1, OptionalInt.of(-1)),
            new Promise(1, OptionalInt.of(60_001)),
            new Promise(1, OptionalInt.of(65_535)),
            new Handover("", 1, "b", 0),
            new Handover(PROCESS + "0", 1, "b", 0),
            new Handover("a b", 1, "b", 0),
            new Handover(PROCESS, -1, "b", 0),
            new Handover(PROCESS, 1, "", 0),
            new Handover(PROCESS, 1, LONGEST_NODE + "n", 0),
            new Handover(PROCESS, 1, "n\nm", 0),
            new Handover(PROCESS, 1, "n\u00e4", 0),
            new Handover(PROCESS, 1, "b", -1),
            new Offer(new Handover(PROCESS, 1, "b", 0), -1),
            new Offer(new Handover(PROCESS, 1, "b", 0), 60_001),
            new Offer(new Handover("", 1, "b", 0), 1));

    @ParameterizedTest
    @FieldSource("OUT_OF_BOUNDS")
    void doesNotWriteAContentOutOfBounds(Content content) {
        assertThat(writes(new Message(STANDING, content))).isFalse();
    }

    @Test
    void aDampingBeyondItsByteIsTheLargestThatThereIs() {
        Message message = new Message(STANDING, new Handover(PROCESS, 1, "b", 256));
        assertThat(DatagramCodec.decode(encoded(message)))
                .contains(new Message(STANDING, new Handover(PROCESS, 1, "b", 255)));
    }

    /** The tag is not looked at here, so that these are what a peer gone mad could send. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "flags,                29, 04",
        "flags,                29, 80",
        "negative term,        31, 80000000",
        "grant of 0 ms,        43, 0000",
        "grant of 60001 ms,    43, ea61",
    })
    void doesNotReadABeatOutOfBounds(String name, int at, String hex) {
        ByteBuffer datagram = encoded(new Message(STANDING, new Beat(1, 2, 300)));
        datagram.put(at, HexFormat.of().parseHex(hex));
        assertThat(DatagramCodec.shape(datagram)).isEqualTo(Verdict.PASSED);
        assertThat(DatagramCodec.decode(datagram)).isEmpty();
    }

    @Test
    void writesAPromiseByteForByte() {
        Message proven = new Message(STANDING, new Promise(0x1122334455667788L, OptionalInt.of(300)));
        Message unproven = new Message(STANDING, new Promise(0x1122334455667788L));
        assertThat(HexFormat.of().formatHex(bytes(encoded(proven)), 28, 41))
                .isEqualTo("04 01 c8 1122334455667788 012c".replace(" ", ""));
        assertThat(HexFormat.of().formatHex(bytes(encoded(unproven)), 28, 41))
                .isEqualTo("04 01 c8 1122334455667788 ffff".replace(" ", ""));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"just beyond the bound, ea61", "just before none, fffe"})
    void doesNotReadAProofThatIsOlderThanAny(String name, String hex) {
        ByteBuffer datagram = encoded(new Message(STANDING, new Promise(1)));
        datagram.put(39, HexFormat.of().parseHex(hex));
        assertThat(DatagramCodec.shape(datagram)).isEqualTo(Verdict.PASSED);
        assertThat(DatagramCodec.decode(datagram)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "negative sequence,         31, 80",
        "process too short by one,  40, 01",
        "process beyond the end,    40, ff",
        "process empty,             40, 00",
        "successor beyond the end,  43, 03",
        "successor too short,       43, 01",
        "a control character,       44, 0a",
        "beyond ASCII,              44, c3",
    })
    void doesNotReadAHandoverOutOfBounds(String name, int at, String hex) {
        ByteBuffer datagram = encoded(new Message(STANDING, new Handover("pp", 1, "bb", 0)));
        datagram.put(at, HexFormat.of().parseHex(hex));
        assertThat(DatagramCodec.decode(datagram)).isEmpty();
    }

    @Test
    void tellsWhatIsWrongWithoutKnowingTheSender() {
        byte[] hello = bytes(encoded(new Message(STANDING, new Hello())));
        assertThat(shape(hello)).isEqualTo(Verdict.PASSED);
        assertThat(shape(new byte[0])).isEqualTo(Verdict.BAD_LENGTH);
        assertThat(shape(new byte[DatagramCodec.LONGEST + 1])).isEqualTo(Verdict.BAD_LENGTH);
        assertThat(shape(new byte[hello.length])).isEqualTo(Verdict.BAD_VERSION);
        assertThat(shape(changed(hello, 3, 1))).as("version 1").isEqualTo(Verdict.BAD_VERSION);
        assertThat(shape(changed(hello, 28, 0))).as("kind 0").isEqualTo(Verdict.MALFORMED);
        assertThat(shape(changed(hello, 28, 7))).as("kind 7").isEqualTo(Verdict.MALFORMED);
        assertThat(shape(changed(hello, 28, 2))).as("a beat's length").isEqualTo(Verdict.BAD_LENGTH);
    }

    @ParameterizedTest
    @FieldSource("CONTENTS")
    void readsNothingThatIsLongerOrShorter(Content content) {
        byte[] whole = bytes(encoded(new Message(STANDING, content)));
        for (int length = 0; length < DatagramCodec.LONGEST + 3; length++) {
            if (length != whole.length) {
                ByteBuffer other = ByteBuffer.wrap(Arrays.copyOf(whole, length));
                assertThat(DatagramCodec.decode(other)).as("%d bytes", length).isEmpty();
            }
        }
    }

    /** Whatever is read can be written, and gives the same bytes: nothing is read in two ways or rounded. */
    @Test
    void noBytesMakeItThrowOrReadWhatItWouldNotWrite() {
        long seed = System.nanoTime();
        System.out.println("DatagramCodecTest seed " + seed);
        Random random = new Random(seed);
        int read = 0;
        for (int round = 0; round < 300_000; round++) {
            byte[] bytes = mutant(random);
            Optional<Message> message = DatagramCodec.decode(ByteBuffer.wrap(bytes));
            if (message.isPresent()) {
                read++;
                byte[] again = bytes(encoded(message.get()));
                assertThat(HexFormat.of().formatHex(again, 28, again.length - 16))
                        .as("seed %d", seed)
                        .isEqualTo(HexFormat.of().formatHex(bytes, 28, bytes.length - 16));
            }
        }
        assertThat(read).as("seed %d", seed).isBetween(1_000, 250_000);
    }

    private static byte[] mutant(Random random) {
        if (random.nextInt(4) == 0) {
            byte[] noise = new byte[random.nextInt(400)];
            random.nextBytes(noise);
            return noise;
        }
        Content content = CONTENTS.get(random.nextInt(CONTENTS.size()));
        byte[] bytes = bytes(encoded(new Message(STANDING, content)));
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(5) == 0 ? Arrays.copyOf(bytes, random.nextInt(360)) : bytes;
    }

    private static ByteBuffer encoded(Message message) {
        ByteBuffer out = ByteBuffer.allocate(DatagramCodec.LONGEST + 20);
        assertThat(DatagramCodec.encode(SENDER, 5, message, out)).isTrue();
        return out.put(new byte[DatagramCodec.TAG]).flip();
    }

    private static boolean writes(Message message) {
        return DatagramCodec.encode(SENDER, 5, message, ByteBuffer.allocate(1024));
    }

    private static byte[] bytes(ByteBuffer datagram) {
        byte[] bytes = new byte[datagram.limit()];
        datagram.get(0, bytes);
        return bytes;
    }

    private static byte[] changed(byte[] datagram, int at, int value) {
        byte[] changed = datagram.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private static Verdict shape(byte[] datagram) {
        return DatagramCodec.shape(ByteBuffer.wrap(datagram));
    }
}
