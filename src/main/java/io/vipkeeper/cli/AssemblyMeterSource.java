package io.vipkeeper.cli;

import java.util.Optional;

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
    public Optional<Boolean> apiServerUp(Endpoint endpoint) {
        return assembly.client().isUp(endpoint == Endpoint.LOCAL);
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
