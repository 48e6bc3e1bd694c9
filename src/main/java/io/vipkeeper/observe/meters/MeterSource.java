package io.vipkeeper.observe.meters;

import java.time.Instant;
import java.util.Optional;

/** What the meters tell besides the keeper. Any thread may ask; answers at once. */
public interface MeterSource {

    /** Without a fast path and without a fence but the address's lifetime. */
    MeterSource NONE = new MeterSource() {
        @Override
        public String possibleFence() {
            return "none is wanted";
        }

        @Override
        public long datagrams(Datagrams outcome) {
            return 0;
        }

        @Override
        public long refusedCandidates() {
            return 0;
        }

        @Override
        public long frames(Frames form, boolean sent) {
            return 0;
        }

        @Override
        public Optional<Instant> certificateEnds(Certificate whose) {
            return Optional.empty();
        }

        @Override
        public Endpoint apiServerUsed() {
            return Endpoint.LOCAL;
        }
    };

    /** As {@link io.vipkeeper.observe.FenceReport#of} takes it. */
    String possibleFence();

    /** How many since the start; never less than before. */
    long datagrams(Datagrams outcome);

    /** Versions of Leases that named no candidate, since the start. */
    long refusedCandidates();

    /** Where requests go. */
    Endpoint apiServerUsed();

    /** Which API server. */
    enum Endpoint {
        /** The one that the configuration leads to, mostly this node's own. */
        LOCAL,
        /** Those of the other control planes. */
        OTHER
    }

    /** How many since the start: handed to the kernel, or not taken by it. */
    long frames(Frames form, boolean sent);

    /** When it ends; empty while none is known. */
    Optional<Instant> certificateEnds(Certificate whose);

    /** Whose certificate, on a connection to the API server. */
    enum Certificate {
        /** This node's own. */
        CLIENT,
        SERVER
    }

    /** What a frame about an address says, and of which family that is. */
    enum Frames {
        REQUEST("ipv4"),
        REPLY("ipv4"),
        PROBE("ipv4"),
        ADVERTISEMENT("ipv6"),
        SOLICITATION("ipv6");

        private final String family;

        Frames(String family) {
            this.family = family;
        }

        String family() {
            return family;
        }
    }

    /** What became of a datagram of the fast path; the first three are this node's own. */
    enum Datagrams {
        SENT,
        SEND_REFUSED,
        UNADDRESSED,
        ACCEPTED,
        UNDELIVERED,
        BAD_LENGTH,
        BAD_VERSION,
        UNKNOWN_SENDER,
        REPLAYED,
        BAD_AUTHENTICATION,
        MALFORMED
    }
}
