package io.vipkeeper.kubernetes.candidates;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.vipkeeper.kubernetes.LeaseName;

/** What the candidates' Leases of one election are called, so that those of another one on the same node are others. */
public final class CandidateNames {
    /** The election's Lease of kube-vip, whose name is left out of the others. */
    private static final String DEFAULT_ELECTION = "plndr-cp-lock";

    private static final String PREFIX = "vipkeeper";

    /** A label's value has no more. */
    private static final int LONGEST_LABEL = 63;

    private static final int HEAD = 40;
    private static final int DIGEST = 16;

    private final LeaseName election;

    public CandidateNames(LeaseName election) {
        this.election = election;
    }

    LeaseName election() {
        return election;
    }

    /**
     * {@code vipkeeper-NODE}, or {@code vipkeeper.ELECTION.NODE} for an election of another name than the default. No
     * dot is in the middle part, so that two elections and two nodes never make the same name.
     *
     * @return empty if that is no name of an object
     */
    public Optional<LeaseName> leaseOf(String node) {
        String plain = node.toLowerCase(Locale.ROOT);
        String name = election.name().equals(DEFAULT_ELECTION)
                ? PREFIX + "-" + plain
                : PREFIX + "." + (election.name().indexOf('.') < 0 ? label() : digested()) + "." + plain;
        try {
            return Optional.of(new LeaseName(election.namespace(), name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What the Leases of all candidates carry, and only they. */
    Map<String, String> labels() {
        return Map.of("app.kubernetes.io/name", PREFIX, "vipkeeper.io/lease", label());
    }

    private String label() {
        return election.name().length() <= LONGEST_LABEL ? election.name() : digested();
    }

    private String digested() {
        String head =
                election.name().substring(0, Math.min(HEAD, election.name().length()));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(election.name().getBytes(StandardCharsets.UTF_8));
            return head.replace('.', '-') + "-"
                    + HexFormat.of().formatHex(digest).substring(0, DIGEST);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
