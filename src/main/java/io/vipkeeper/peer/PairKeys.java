package io.vipkeeper.peer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What two processes derive from their secret: a key for each direction, so that a datagram sent back to its sender
 * proves nothing. Both ends with their names and keys are in the derivation; whoever publishes another's public key as
 * its own has no keys with anybody.
 *
 * @param outgoing for what this process sends
 * @param incoming for what the other sends
 */
record PairKeys(byte[] outgoing, byte[] incoming) {
    private static final byte[] PURPOSE = "vipkeeper datagram 1".getBytes(StandardCharsets.US_ASCII);

    /** One process, as its Lease says. */
    record End(String node, String process, String publicKey) {}

    static PairKeys derive(byte[] secret, End own, End other) {
        byte[] pseudorandomKey = Hkdf.extract(new byte[0], secret);
        return new PairKeys(
                Hkdf.expand(pseudorandomKey, info(own, other), Hkdf.HASH),
                Hkdf.expand(pseudorandomKey, info(other, own), Hkdf.HASH));
    }

    private static byte[] info(End from, End to) {
        ByteArrayOutputStream info = new ByteArrayOutputStream();
        info.writeBytes(PURPOSE);
        for (End end : new End[] {from, to}) {
            for (String text : new String[] {end.node(), end.process(), end.publicKey()}) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                info.write(bytes.length >>> Byte.SIZE);
                info.write(bytes.length);
                info.writeBytes(bytes);
            }
        }
        return info.toByteArray();
    }
}
