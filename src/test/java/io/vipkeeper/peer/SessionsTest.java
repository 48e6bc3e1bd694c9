package io.vipkeeper.peer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vipkeeper.grant.Candidate;
import io.vipkeeper.grant.Message;
import io.vipkeeper.grant.Message.Handover;
import io.vipkeeper.grant.Message.Standing;

import static org.assertj.core.api.Assertions.assertThat;

/** Who is believed, and what not. */
final class SessionsTest {
    private final Party a = new Party("node-a", "process-a");
    private final Party b = new Party("node-b", "process-b");
    private final Party c = new Party("node-c", "process-c");

    @BeforeEach
    void everybodyKnowsEverybody() {
        for (Party party : List.of(a, b, c)) {
            assertThat(party.knows(a, b, c)).isEmpty();
        }
    }

    @Test
    void aDatagramIsBelievedOnceAndByItsReceiverOnly() {
        byte[] datagram = a.says(Party.BEAT, b);
        assertThat(c.hears(datagram)).isEqualTo(Verdict.BAD_AUTHENTICATION);
        assertThat(b.hears(datagram)).isEqualTo(Verdict.PASSED);
        assertThat(b.hears(datagram)).isEqualTo(Verdict.REPLAYED);
        assertThat(DatagramCodec.decode(ByteBuffer.wrap(datagram))).contains(Party.BEAT);
    }

    @Test
    void datagramsMayOvertakeEachOther() {
        long seed = System.nanoTime();
        System.out.println("SessionsTest seed " + seed);
        List<byte[]> datagrams = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            datagrams.add(a.says(Party.BEAT, b));
        }
        Collections.shuffle(datagrams, new Random(seed));
        assertThat(datagrams)
                .allSatisfy(datagram -> assertThat(b.hears(datagram)).isEqualTo(Verdict.PASSED));
        assertThat(datagrams)
                .allSatisfy(datagram -> assertThat(b.hears(datagram)).isEqualTo(Verdict.REPLAYED));
    }

    @Test
    void aDatagramSentBackToItsSenderIsNotBelieved() {
        // given
        byte[] datagram = a.says(Party.BEAT, b);

        // then
        assertThat(a.hears(datagram)).as("as it is").isEqualTo(Verdict.UNKNOWN_SENDER);
        assertThat(a.hears(renamed(datagram, b))).as("under the other's name").isEqualTo(Verdict.BAD_AUTHENTICATION);
    }

    @Test
    void nobodySpeaksUnderAnothersName() {
        assertThat(b.hears(renamed(c.says(Party.BEAT, b), a))).isEqualTo(Verdict.BAD_AUTHENTICATION);
    }

    @Test
    void whoPublishesTheKeyOfAnotherIsNotBelieved() {
        // given a thief that says it has c's key, and that b believed the API
        Party thief = new Party("node-t", "process-t");
        thief.knows(a, b, c);
        Candidate own = thief.candidate;
        Candidate lie = new Candidate(own.node(), own.process(), own.host(), 7472, c.candidate.publicKey(), 0);
        assertThat(b.sessions.know(List.of(a.candidate, c.candidate, lie))).isEmpty();

        // then
        assertThat(b.hears(thief.says(Party.BEAT, b))).isEqualTo(Verdict.BAD_AUTHENTICATION);
        assertThat(b.hears(renamed(c.says(Party.BEAT, b), thief))).isEqualTo(Verdict.BAD_AUTHENTICATION);
    }

    @Test
    void noChangedBitAndNoOtherLengthIsBelieved() {
        // given
        Message message = new Message(new Standing(true, true, 1), new Handover("process-a", 7, "node-b", 1));
        byte[] datagram = a.says(message, b);

        // then
        for (int bit = 0; bit < datagram.length * 8; bit++) {
            byte[] changed = datagram.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(b.hears(changed)).as("bit %d", bit).isNotEqualTo(Verdict.PASSED);
        }
        for (int length = 0; length < datagram.length + 64; length++) {
            if (length != datagram.length) {
                assertThat(b.hears(Arrays.copyOf(datagram, length)))
                        .as("%d bytes", length)
                        .isNotEqualTo(Verdict.PASSED);
            }
        }
        assertThat(b.hears(datagram)).as("the forged ones closed no window").isEqualTo(Verdict.PASSED);
    }

    @Test
    void noNoiseUnderAKnownNameIsBelieved() {
        long seed = System.nanoTime();
        System.out.println("SessionsTest seed " + seed);
        Random random = new Random(seed);
        byte[] datagram = a.says(Party.BEAT, b);
        for (int round = 0; round < 50_000; round++) {
            byte[] forged = datagram.clone();
            byte[] noise = new byte[1 + random.nextInt(27)];
            random.nextBytes(noise);
            System.arraycopy(
                    noise, 0, forged, 20 + random.nextInt(forged.length - 20 - noise.length + 1), noise.length);
            if (!Arrays.equals(forged, datagram)) {
                assertThat(b.hears(forged)).as("seed %d", seed).isNotEqualTo(Verdict.PASSED);
            }
        }
        assertThat(b.hears(datagram)).isEqualTo(Verdict.PASSED);
    }

    @Test
    void aNewProcessOfANodeBeginsAnewAndTheOldOneIsNotHeardAnyMore() {
        // given
        byte[] old = a.says(Party.BEAT, b);
        byte[] older = a.says(Party.BEAT, b);
        b.hears(older);
        Party next = new Party("node-a", "process-a2");
        next.knows(b, c);

        // when
        assertThat(b.hears(next.says(Party.BEAT, b))).as("before the API tells").isEqualTo(Verdict.UNKNOWN_SENDER);
        b.knows(next, c);

        // then
        assertThat(b.hears(old)).isEqualTo(Verdict.UNKNOWN_SENDER);
        assertThat(b.hears(next.says(Party.BEAT, b))).isEqualTo(Verdict.PASSED);
        assertThat(b.sessions.with("node-a").orElseThrow().other().process()).isEqualTo("process-a2");
    }

    @Test
    void aCandidateThatWasForgottenForAMomentIsNotHeardTwice() {
        // given
        byte[] datagram = a.says(Party.BEAT, b);
        byte[] held = a.says(Party.BEAT, b);
        assertThat(b.hears(datagram)).isEqualTo(Verdict.PASSED);

        // when
        b.knows(c);
        assertThat(b.hears(held)).isEqualTo(Verdict.UNKNOWN_SENDER);
        b.knows(a, c);

        // then
        assertThat(b.hears(datagram)).isEqualTo(Verdict.REPLAYED);
        assertThat(b.hears(held)).isEqualTo(Verdict.PASSED);
    }

    @Test
    void aSenderThatForgotASessionGoesOnCountingWhereItsReceiverIs() {
        // given
        assertThat(b.hears(a.says(Party.BEAT, b))).isEqualTo(Verdict.PASSED);

        // when so many others came and went that the session is not remembered
        a.clock.set(1_000_000);
        for (int i = 0; i < Sessions.REMEMBERED; i++) {
            a.knows(new Party("node-x", "process-" + i));
        }
        a.knows(b);

        // then
        byte[] datagram = a.says(Party.BEAT, b);
        assertThat(DatagramCodec.sequence(ByteBuffer.wrap(datagram))).isGreaterThan(1_000_000);
        assertThat(b.hears(datagram)).isEqualTo(Verdict.PASSED);
    }

    @Test
    void keepsTheSessionOfWhoMovesOnly() {
        // given
        Session before = b.sessions.with("node-a").orElseThrow();
        Candidate moved = new Candidate("node-a", "process-a", "2001:db8::7", 9, a.candidate.publicKey(), 50);

        // when
        assertThat(b.sessions.know(List.of(moved))).isEmpty();

        // then
        assertThat(b.sessions.with("node-a")).containsSame(before);
        assertThat(before.address().getAddress().getHostAddress()).isEqualTo("2001:db8:0:0:0:0:0:7");
        assertThat(before.address().getPort()).isEqualTo(9);
        assertThat(b.sessions.with("node-c")).as("not in the newest list").isEmpty();
    }

    @Test
    void knowsNeitherItselfNorANodeTwiceNorTooMany() {
        // given
        List<Party> many = new ArrayList<>(List.of(a, new Party("node-a", "another"), new Party("node-b", "twin")));
        for (int i = 0; i < 20; i++) {
            many.add(new Party("node-" + i, "process"));
        }

        // when
        List<String> refused = b.knows(many.toArray(Party[]::new));

        // then
        assertThat(b.sessions.with("node-a").orElseThrow().other().process()).isEqualTo("process-a");
        assertThat(b.sessions.with("node-b")).isEmpty();
        assertThat(b.sessions.with("node-14")).isPresent();
        assertThat(b.sessions.with("node-15")).isEmpty();
        assertThat(refused)
                .containsExactly(
                        "there are more than 16 other candidates; \"node-15\" and those after it are left out");
    }

    @ParameterizedTest
    @CsvSource({
        "node-d, p, localhost, 1, key, its host \"localhost\" is not a unicast IP address",
        "node-d, p, node-d.example, 1, key, its host \"node-d.example\" is not a unicast IP address",
        "node-d, p, 192.0.2.256, 1, key, its host \"192.0.2.256\" is not a unicast IP address",
        "node-d, p, 192.0.2, 1, key, its host \"192.0.2\" is not a unicast IP address",
        "node-d, p, 0.0.0.0, 1, key, its host \"0.0.0.0\" is not a unicast IP address",
        "node-d, p, ff02::1, 1, key, its host \"ff02::1\" is not a unicast IP address",
        "node-d, p, 2001:db8::1::2, 1, key, its host \"2001:db8::1::2\" is not a unicast IP address",
        "node-d, p, fe80::1%eth0, 1, key, its host \"fe80::1%eth0\" is not a unicast IP address",
        "node-d, p, 192.0.2.4, 0, key, its port 0 is not between 1 and 65535",
        "node-d, p, 192.0.2.4, 65536, key, its port 65536 is not between 1 and 65535",
        "node-d, '', 192.0.2.4, 1, key, its process \"\" is not 1 to 36 printable characters",
        "node-d, p, 192.0.2.4, 1, '', its public key is not one of X25519",
        "node-d, p, 192.0.2.4, 1, AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=, its public key is not one of X25519",
    })
    void saysWhichCandidateIsLeftOutAndWhy(String node, String process, String host, int port, String key, String why) {
        // given
        String publicKey = key.equals("key") ? c.candidate.publicKey() : key;

        // when
        List<String> refused =
                b.sessions.know(List.of(new Candidate(node, process, host, port, publicKey, 0), a.candidate));

        // then
        assertThat(refused).containsExactly("candidate \"node-d\" is left out: " + why);
        assertThat(b.sessions.with("node-d")).isEmpty();
        assertThat(b.sessions.with("node-a")).as("the others stay").isPresent();
    }

    @Test
    void aNameFitForNoLogIsShownWithoutItsControlCharacters() {
        Candidate candidate = new Candidate("n\n\u001b[2J" + "x".repeat(300), "p", "192.0.2.4", 1, "", 0);
        assertThat(b.sessions.know(List.of(candidate)).getFirst())
                .startsWith("candidate \"n??[2Jxxx")
                .hasSizeLessThan(150);
    }

    private static byte[] renamed(byte[] datagram, Party as) {
        byte[] renamed = datagram.clone();
        SenderId id = SenderId.of(as.candidate.node(), as.candidate.process());
        ByteBuffer.wrap(renamed).putLong(4, id.high()).putLong(12, id.low());
        return renamed;
    }
}
