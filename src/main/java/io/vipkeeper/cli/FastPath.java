package io.vipkeeper.cli;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.smallrye.mutiny.Multi;
import org.jboss.logging.Logger;

import io.vipkeeper.cli.common.VersionCommand;
import io.vipkeeper.config.VipkeeperConfig;
import io.vipkeeper.grant.Candidate;
import io.vipkeeper.grant.GrantEvent;
import io.vipkeeper.grant.Peers;
import io.vipkeeper.keeper.KeeperEvent;
import io.vipkeeper.kubernetes.ElectionClient;
import io.vipkeeper.kubernetes.LeaseName;
import io.vipkeeper.kubernetes.LocalServer;
import io.vipkeeper.kubernetes.WatchPace;
import io.vipkeeper.kubernetes.candidates.CandidateLeases;
import io.vipkeeper.kubernetes.probe.LocalApiProbe;
import io.vipkeeper.peer.PeerCounters;
import io.vipkeeper.peer.PeerSocket;

/** The fast path's adapters: datagrams, the candidates' own Leases, and the probes of this node's API server. */
final class FastPath {
    private static final Logger LOG = Logger.getLogger(FastPath.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration LEAVE = Duration.ofMillis(200);

    private final PeerSocket socket;
    private final ElectionClient client;
    private final LeaseName lease;
    private final Supplier<Optional<String>> host;
    private final String node;
    private final String process;
    private final int weight;
    private volatile CandidateLeases candidates;
    private volatile String known = "";
    private volatile CandidateCondition.Condition condition = new CandidateCondition.Condition("", "");

    private FastPath(
            PeerSocket socket,
            VipkeeperConfig config,
            String process,
            Supplier<Optional<String>> host,
            ElectionClient client,
            LeaseName lease) {
        this.socket = socket;
        this.client = client;
        this.lease = lease;
        this.host = host;
        this.process = process;
        node = config.nodeName();
        weight = config.fast().orElseThrow().weight();
    }

    /**
     * Opens the socket.
     *
     * @param host where the others reach this node, once that is known
     * @return empty when the fast path is off, or its port is taken, which is said in the log
     */
    static Optional<FastPath> open(
            VipkeeperConfig config,
            String process,
            Supplier<Optional<String>> host,
            ElectionClient client,
            LeaseName lease) {
        if (config.fast().isEmpty() || !config.election().enabled()) {
            return Optional.empty();
        }
        int port = config.fast().get().port();
        return switch (PeerSocket.open(config.nodeName(), process, new InetSocketAddress(port))) {
            case PeerSocket.Opening.Opened(PeerSocket opened) ->
                Optional.of(new FastPath(opened, config, process, host, client, lease));
            case PeerSocket.Opening.Refused(String why) -> {
                LOG.warnf(
                        "no fast path: UDP port %d cannot be used: %s; free it or change vip_peerport (--peerPort)",
                        port, why);
                yield Optional.empty();
            }
        };
    }

    Peers peers() {
        return socket;
    }

    PeerCounters counters() {
        return socket.counters();
    }

    /** Leases that named no candidate, since the start. */
    long refusedCandidates() {
        return candidates == null ? 0 : candidates.refused();
    }

    /**
     * @param trouble as the other sources of the API server have it
     * @param clock the core's
     */
    List<Multi<KeeperEvent>> sources(Predicate<String> trouble, LongSupplier clock) {
        return List.of(
                fromPeers(socket.messages()),
                fromPeers(candidates(trouble)),
                fromPeers(new LocalApiProbe(new LocalServer(client), clock).verdicts()));
    }

    /** What people are to know of this candidate, from any thread. */
    void tell(CandidateCondition.Condition next) {
        condition = next;
        CandidateLeases present = candidates;
        if (present != null) {
            present.tell(next.text(), next.fence());
        }
    }

    /** Is no candidate any more; for an orderly end. */
    void leave() {
        if (candidates != null) {
            candidates.leave(LEAVE);
        }
        socket.close();
    }

    /** The keys of the others are ready when the core hears of them. */
    private Multi<GrantEvent.Candidates> candidates(Predicate<String> trouble) {
        return Multi.createFrom()
                .ticks()
                .every(LOOK)
                .onOverflow()
                .drop()
                .onItem()
                .transformToIterable(tick -> moved())
                .onItem()
                .transformToMultiAndMerge(self -> register(self, trouble))
                .onItem()
                .invoke(all -> socket.know(all.all()));
    }

    /** This node as a candidate, when its address is another than before. */
    private List<Candidate> moved() {
        Optional<String> now = host.get().filter(address -> !address.equals(known));
        now.ifPresent(address -> known = address);
        return now
                .map(address -> new Candidate(node, process, address, socket.port(), socket.publicKey(), weight))
                .stream()
                .toList();
    }

    private Multi<GrantEvent.Candidates> register(Candidate self, Predicate<String> trouble) {
        if (candidates != null) {
            candidates.become(self);
            return Multi.createFrom().empty();
        }
        candidates = new CandidateLeases(
                client,
                lease,
                self,
                VersionCommand.version(),
                InstantSource.system(),
                WatchPace.DEFAULT,
                trouble,
                LOG::warn);
        if (!condition.text().isEmpty()) {
            tell(condition);
        }
        return candidates.changes();
    }

    private static Multi<KeeperEvent> fromPeers(Multi<? extends GrantEvent> events) {
        return events.map(KeeperEvent.FromPeers::new);
    }
}
