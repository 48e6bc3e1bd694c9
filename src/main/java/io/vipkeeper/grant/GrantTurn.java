package io.vipkeeper.grant;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.vipkeeper.grant.GrantState.Bond;
import io.vipkeeper.grant.GrantState.Candidacy;
import io.vipkeeper.grant.GrantState.Foreign;
import io.vipkeeper.grant.GrantState.Giving;
import io.vipkeeper.grant.GrantState.Helm;
import io.vipkeeper.grant.GrantState.Peer;
import io.vipkeeper.grant.GrantState.Told;
import io.vipkeeper.lease.ElectorId;
import io.vipkeeper.lease.Kinship;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.lease.LeaseRole;
import io.vipkeeper.lease.RequestKind;

/**
 * One step's working copy of the state, and what can be asked about it. Lives for one step. Loops where streams would read
 * better: without the optimizing compiler, which a small JVM does without, each lambda that captures something costs a
 * microsecond, and these are asked a thousand times a second.
 */
final class GrantTurn {
    private static final long FOREIGN_NANOS = 600_000_000_000L;

    final ElectorId elector;
    final GrantRules rules;
    final int weight;
    final Situation situation;
    final long now;
    private Map<String, Peer> peers;
    private boolean peersAreOwn;
    private Optional<LeaseRecord> keepers;
    Optional<Set<String>> controlPlane;
    Optional<Foreign> foreign;
    OwnApi api;
    Optional<Bond> bond;
    Optional<Candidacy> candidacy;
    long restUntil;
    Helm helm;
    Optional<Told> handover;
    long silentUntil;
    Optional<Giving> giving;
    int damping;
    long calmUntil;
    Optional<Long> lapsed;
    long nextHello;
    Optional<GrantState.Bid> bid;
    final long started;
    final long awake;
    private final List<GrantStep.Send> sends = new ArrayList<>();

    GrantTurn(GrantState state, ElectorId elector, GrantRules rules, int weight, Situation situation, long now) {
        this.elector = elector;
        this.rules = rules;
        this.weight = weight;
        this.situation = situation;
        this.now = now;
        peers = state.peers();
        controlPlane = state.controlPlane();
        foreign = state.foreign();
        api = state.api();
        bond = state.bond();
        candidacy = state.candidacy();
        restUntil = state.restUntilNanos();
        helm = state.helm();
        handover = state.handover();
        silentUntil = state.silentUntilNanos();
        giving = state.giving();
        damping = state.damping();
        calmUntil = state.calmUntilNanos();
        lapsed = state.lapsedNanos();
        nextHello = state.nextHelloNanos();
        bid = state.bid();
        started = state.startedNanos();
        boolean slept = now - state.steppedNanos() > GrantDecision.LONGEST_NAP_NANOS;
        awake = slept ? now : state.awakeNanos();
    }

    GrantState finish() {
        return new GrantState(
                started,
                now,
                awake,
                peers,
                controlPlane,
                foreign,
                api,
                bond,
                candidacy,
                restUntil,
                helm,
                handover,
                silentUntil,
                giving,
                damping,
                calmUntil,
                lapsed,
                nextHello,
                bid,
                holds());
    }

    /** The other candidates; changed by {@link #put} and {@link #know} alone. */
    Map<String, Peer> peers() {
        return peers;
    }

    void put(String node, Peer peer) {
        if (!peersAreOwn) {
            know(new HashMap<>(peers));
        }
        peers.put(node, peer);
    }

    void know(Map<String, Peer> all) {
        peers = all;
        peersAreOwn = true;
    }

    List<GrantStep.Send> sends() {
        return sends;
    }

    void send(String node, Message.Content content) {
        sends.add(new GrantStep.Send(node, new Message(standing(), content)));
    }

    void sendAll(Message.Content content) {
        List<String> nodes = new ArrayList<>(peers.keySet());
        Collections.sort(nodes);
        for (String node : nodes) {
            send(node, content);
        }
    }

    /** How this node presents itself. */
    Message.Standing standing() {
        return new Message.Standing(isReady(), situation.apiAnswers(), weight);
    }

    /** Whether this node could take the Lease now. */
    boolean isReady() {
        return situation.fit()
                && api.ready()
                && situation.apiAnswers()
                && situation.lease().sighting().isPresent()
                && !situation.lease().stopping();
    }

    boolean reached(long deadline) {
        return now - deadline >= 0;
    }

    /** The promise to another that still lasts. */
    Optional<Bond> bound() {
        return bond.isPresent() && !reached(bond.get().untilNanos()) ? bond : Optional.empty();
    }

    boolean holds() {
        return situation.lease().role() instanceof LeaseRole.Holder;
    }

    boolean follows() {
        return situation.lease().role() instanceof LeaseRole.Follower;
    }

    /** Whether a claim of this node waits for its answer. */
    boolean claims() {
        return situation
                .lease()
                .pending()
                .filter(pending -> pending.kind() == RequestKind.ACQUIRE)
                .isPresent();
    }

    Optional<LeaseRecord> record() {
        return situation.lease().record();
    }

    int transitions() {
        return record().map(LeaseRecord::leaseTransitions).orElse(0);
    }

    /** The record, if another vipkeeper holds by it. */
    Optional<LeaseRecord> keepers() {
        if (keepers == null) {
            Optional<LeaseRecord> record = record();
            keepers = record.isPresent() && elector.kinship(record.get()) == Kinship.KEEPER ? record : Optional.empty();
        }
        return keepers;
    }

    /** The other candidates that could take over, the preferred ones first. */
    List<String> takers() {
        return peers.entrySet().stream()
                .filter(peer -> isTaker(peer.getValue()))
                .sorted(Comparator.<Map.Entry<String, Peer>>comparingInt(
                                peer -> -peer.getValue().weight())
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean isTaker(Peer peer) {
        return peer.standing().ready() && peer.isHeard(now);
    }

    /** How many others that could take over are preferred to this node. */
    int heavierTakers() {
        int heavier = 0;
        for (Peer peer : peers.values()) {
            heavier += isTaker(peer) && peer.weight() > weight ? 1 : 0;
        }
        return heavier;
    }

    /** How many of {@code members} that could take over come before {@code node}. */
    long rank(String node, List<String> members) {
        int own = weightOf(node);
        long before = isPreferred(elector.identity(), weight, node, own, members) ? 1 : 0;
        for (var peer : peers.entrySet()) {
            boolean counts = isTaker(peer.getValue())
                    && isPreferred(peer.getKey(), peer.getValue().weight(), node, own, members);
            before += counts ? 1 : 0;
        }
        return before;
    }

    private static boolean isPreferred(String other, int weight, String node, int own, List<String> members) {
        boolean first = weight > own || weight == own && other.compareTo(node) < 0;
        return first && !other.equals(node) && members.contains(other);
    }

    private int weightOf(String node) {
        Peer peer = peers.get(node);
        return node.equals(elector.identity()) ? weight : peer == null ? 0 : peer.weight();
    }

    /** Until when so many members, this one among them, stand behind this node. */
    long endOfPromises(List<String> members, int needed) {
        if (needed <= 1) {
            return now + rules.pace().grant().toNanos();
        }
        long[] left = new long[members.size()];
        int others = 0;
        for (String member : members) {
            if (!member.equals(elector.identity())) {
                Peer peer = peers.get(member);
                left[others++] = peer == null ? 0 : peer.countsUntilNanos() - now;
            }
        }
        Arrays.sort(left, 0, others);
        return others < needed - 1 ? now : now + left[others - needed + 1];
    }

    /** Whether an elector of another kind may be among the candidates. */
    boolean hasStrangers() {
        boolean stranger = foreign.isPresent()
                && !reached(foreign.get().seenNanos() + FOREIGN_NANOS)
                && !isCandidate(foreign.get().name());
        for (String node : controlPlane.orElse(Set.of())) {
            stranger |= !isCandidate(node);
        }
        return stranger;
    }

    private boolean isCandidate(String node) {
        Peer peer = peers.get(node);
        return node.equals(elector.identity()) || peer != null && peer.isHeard(now);
    }
}
