package io.vipkeeper.peer;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.KeyAgreement;

/**
 * An X25519 key pair (RFC 7748), never stored: a new process has a new one.
 *
 * @param publicKey the 32 bytes of RFC 7748 in Base64, with padding
 */
record OwnKeys(PrivateKey privateKey, String publicKey) {
    private static final String X25519 = "X25519";
    private static final int LENGTH = 32;

    static OwnKeys generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(X25519).generateKeyPair();
            return new OwnKeys(pair.getPrivate(), encode(((XECPublicKey) pair.getPublic()).getU()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java since 11 has X25519", e);
        }
    }

    /**
     * The secret that both have; empty when the other key is none: not 32 bytes in Base64 as {@link #publicKey} is
     * written, not reduced, or a point of small order, with which the secret would be zero whatever the own key is.
     */
    Optional<byte[]> agree(String otherPublicKey) {
        try {
            Optional<PublicKey> other = decode(otherPublicKey);
            if (other.isEmpty()) {
                return Optional.empty();
            }
            KeyAgreement agreement = KeyAgreement.getInstance(X25519);
            agreement.init(privateKey);
            agreement.doPhase(other.get(), true);
            byte[] secret = agreement.generateSecret();
            return Arrays.equals(secret, new byte[secret.length]) ? Optional.empty() : Optional.of(secret);
        } catch (InvalidKeyException | InvalidKeySpecException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java since 11 has X25519", e);
        }
    }

    private static Optional<PublicKey> decode(String text) throws GeneralSecurityException {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.length != LENGTH) {
            return Optional.empty();
        }
        PublicKey key = KeyFactory.getInstance(X25519)
                .generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, reversed(bytes))));
        boolean canonical = encode(((XECPublicKey) key).getU()).equals(text);
        return canonical ? Optional.of(key) : Optional.empty();
    }

    private static String encode(BigInteger u) {
        byte[] bigEndian = u.toByteArray();
        byte[] littleEndian = new byte[LENGTH];
        for (int i = 0; i < LENGTH && i < bigEndian.length; i++) {
            littleEndian[i] = bigEndian[bigEndian.length - 1 - i];
        }
        return Base64.getEncoder().encodeToString(littleEndian);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
