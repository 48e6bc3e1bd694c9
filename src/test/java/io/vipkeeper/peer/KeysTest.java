package io.vipkeeper.peer;

import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.util.Base64;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Keys against the vectors of their RFCs. */
final class KeysTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final String ALICE = "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a";
    private static final String ALICE_PUBLIC = "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a";
    private static final String BOB = "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb";
    private static final String BOB_PUBLIC = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f";
    private static final String SHARED = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742";

    /** RFC 5869 appendix A.1 to A.3. */
    @ParameterizedTest(name = "RFC 5869 test case {0}")
    @CsvSource({
        "1, 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 000102030405060708090a0b0c, f0f1f2f3f4f5f6f7f8f9, 42,"
                + " 077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5,"
                + " 3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        "2, 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435"
                + "363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f,"
                + " 606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f90919293"
                + "9495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeaf,"
                + " b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3"
                + "e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff, 82,"
                + " 06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244,"
                + " b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da327560"
                + "0c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
        "3, 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, '', '', 42,"
                + " 19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04,"
                + " 8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
    })
    void derivesAsTheRfcDoes(int name, String secret, String salt, String info, int length, String prk, String okm) {
        byte[] extracted = Hkdf.extract(HEX.parseHex(salt), HEX.parseHex(secret));
        assertThat(HEX.formatHex(extracted)).isEqualTo(prk);
        assertThat(HEX.formatHex(Hkdf.expand(extracted, HEX.parseHex(info), length)))
                .isEqualTo(okm);
    }

    @Test
    void derivesNoMoreThanTheRfcAllows() {
        assertThat(Hkdf.expand(new byte[32], new byte[0], 255 * 32)).hasSize(255 * 32);
        assertThatIllegalArgumentException().isThrownBy(() -> Hkdf.expand(new byte[32], new byte[0], 255 * 32 + 1));
    }

    /** RFC 7748 section 6.1. */
    @Test
    void agreesAsTheRfcDoes() throws Exception {
        assertThat(keys(ALICE).agree(base64(BOB_PUBLIC)).map(HEX::formatHex)).contains(SHARED);
        assertThat(keys(BOB).agree(base64(ALICE_PUBLIC)).map(HEX::formatHex)).contains(SHARED);
    }

    @Test
    void everyPairIsANewOneAndAgrees() {
        // given
        OwnKeys first = OwnKeys.generate();
        OwnKeys second = OwnKeys.generate();

        // then
        assertThat(first.publicKey()).isNotEqualTo(second.publicKey());
        assertThat(Base64.getDecoder().decode(first.publicKey())).hasSize(32);
        assertThat(first.agree(second.publicKey()).map(HEX::formatHex))
                .isPresent()
                .isEqualTo(second.agree(first.publicKey()).map(HEX::formatHex));
    }

    /** The points of small order that are written in reduced form, and forms that stand for another number. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "zero,              0000000000000000000000000000000000000000000000000000000000000000",
        "one,               0100000000000000000000000000000000000000000000000000000000000000",
        "order 8,           e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "also order 8,      5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "p minus one,       ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "p,                 edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "p plus nine,       f6ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "the highest bit,   de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882bcf",
        "all ones,          ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "31 bytes,          de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b",
        "33 bytes,          de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f00",
        "nothing,           ''",
    })
    void refusesWhatIsNoKey(String name, String hex) {
        assertThat(OwnKeys.generate().agree(base64(hex))).isEmpty();
    }

    @Test
    void refusesWhatIsNoBase64OrNotInItsUsualForm() {
        OwnKeys keys = OwnKeys.generate();
        String other = OwnKeys.generate().publicKey();
        assertThat(keys.agree(other)).isPresent();
        assertThat(keys.agree("no base64!")).isEmpty();
        assertThat(keys.agree(other.substring(0, 43))).as("no padding").isEmpty();
        assertThat(keys.agree(other + "\n")).isEmpty();
        assertThat(keys.agree("A".repeat(100_000))).isEmpty();
    }

    @Test
    void eachDirectionAndEachNameHasItsKey() {
        // given
        byte[] secret = HEX.parseHex(SHARED);
        PairKeys.End a = new PairKeys.End("node-a", "p1", "keyA");
        PairKeys.End b = new PairKeys.End("node-b", "p2", "keyB");

        // when
        PairKeys ofA = PairKeys.derive(secret, a, b);
        PairKeys ofB = PairKeys.derive(secret, b, a);

        // then
        assertThat(ofA.outgoing()).isEqualTo(ofB.incoming()).isNotEqualTo(ofA.incoming());
        assertThat(ofB.outgoing()).isEqualTo(ofA.incoming());
        for (PairKeys.End other : new PairKeys.End[] {
            new PairKeys.End("node-c", "p2", "keyB"),
            new PairKeys.End("node-b", "p3", "keyB"),
            new PairKeys.End("node-b", "p2", "keyC"),
            new PairKeys.End("node-bp", "2", "keyB")
        }) {
            assertThat(PairKeys.derive(secret, a, other).outgoing()).isNotEqualTo(ofA.outgoing());
        }
    }

    private static OwnKeys keys(String scalar) throws Exception {
        PrivateKey key = KeyFactory.getInstance("X25519")
                .generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, HEX.parseHex(scalar)));
        return new OwnKeys(key, "");
    }

    private static String base64(String hex) {
        return Base64.getEncoder().encodeToString(HEX.parseHex(hex));
    }
}
