package io.vipkeeper.peer;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with SHA-256, RFC 5869. */
final class Hkdf {
    static final int HASH = 32;

    private static final String HMAC = "HmacSHA256";
    private static final int MOST_BLOCKS = 255;

    private Hkdf() {}

    /** @param salt may be empty, which means {@value #HASH} zeros */
    static byte[] extract(byte[] salt, byte[] secret) {
        // An HMAC pads its key with zeros, so that one zero is as good as 32; an empty key would be refused.
        return hmac(salt.length == 0 ? new byte[1] : salt).doFinal(secret);
    }

    /** @param length at most 255 times {@value #HASH} */
    static byte[] expand(byte[] pseudorandomKey, byte[] info, int length) {
        int blocks = Math.ceilDiv(length, HASH);
        if (blocks > MOST_BLOCKS) {
            throw new IllegalArgumentException("HKDF gives " + MOST_BLOCKS * HASH + " bytes at most, not " + length);
        }
        Mac mac = hmac(pseudorandomKey);
        byte[] all = new byte[blocks * HASH];
        byte[] previous = new byte[0];
        for (int block = 1; block <= blocks; block++) {
            mac.update(previous);
            mac.update(info);
            mac.update((byte) block);
            previous = mac.doFinal();
            System.arraycopy(previous, 0, all, (block - 1) * HASH, HASH);
        }
        return Arrays.copyOf(all, length);
    }

    static Mac hmac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }
}
