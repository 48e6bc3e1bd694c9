package io.vipkeeper.cli;

import java.time.Instant;
import java.util.Optional;

import io.vipkeeper.announce.Form;
import io.vipkeeper.observe.meters.MeterSource;
import io.vipkeeper.peer.PeerCounters;

/** What the assembled adapters count, for the meters. */
final class AssemblyMeterSource implements MeterSource {
    private final Assembly assembly;

    AssemblyMeterSource(Assembly assembly) {
        this.assembly = assembly;
    }

    @Override
    public String possibleFence() {
        return assembly.possibleFence();
    }

    @Override
    public long datagrams(Datagrams outcome) {
        return assembly.fastPath()
                .map(FastPath::counters)
                .map(counters -> count(counters, outcome))
                .orElse(0L);
    }

    @Override
    public long refusedCandidates() {
        return assembly.fastPath().map(FastPath::refusedCandidates).orElse(0L);
    }

    @Override
    public long frames(Frames form, boolean sent) {
        Form said =
                switch (form) {
                    case REQUEST -> Form.ARP_REQUEST;
                    case REPLY -> Form.ARP_REPLY;
                    case PROBE -> Form.ARP_PROBE;
                    case ADVERTISEMENT -> Form.NEIGHBOR_ADVERTISEMENT;
                    case SOLICITATION -> Form.NEIGHBOR_SOLICITATION;
                };
        return sent ? assembly.frames().sent(said) : assembly.frames().failed(said);
    }

    @Override
    public Optional<Instant> certificateEnds(Certificate whose) {
        return switch (whose) {
            case CLIENT -> assembly.client().certificates().client();
            case SERVER -> assembly.client().certificates().server();
        };
    }

    @Override
    public Endpoint apiServerUsed() {
        return assembly.client().isAtHome() ? Endpoint.LOCAL : Endpoint.OTHER;
    }

    private static long count(PeerCounters counters, Datagrams outcome) {
        return switch (outcome) {
            case SENT -> counters.sent();
            case SEND_REFUSED -> counters.sendsRefused();
            case UNADDRESSED -> counters.unaddressed();
            case ACCEPTED -> counters.accepted();
            case UNDELIVERED -> counters.undelivered();
            case BAD_LENGTH -> counters.badLength();
            case BAD_VERSION -> counters.badVersion();
            case UNKNOWN_SENDER -> counters.unknownSender();
            case REPLAYED -> counters.replayed();
            case BAD_AUTHENTICATION -> counters.badAuthentication();
            case MALFORMED -> counters.malformed();
        };
    }
}
