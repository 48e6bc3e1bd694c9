package io.vipkeeper.grant;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

/** One step's working copy of the state, and what can be asked about it. Lives for one step. */
final class GrantTurn {
    private static final long FOREIGN_NANOS = 600_000_000_000L;

    final ElectorId elector;
    final GrantRules rules;
    final int weight;
    final Situation situation;
    final long now;
    final Map<String, Peer> peers;
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
        peers = new HashMap<>(state.peers());
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

    List<GrantStep.Send> sends() {
        return sends;
    }

    void send(String node, Message.Content content) {
        sends.add(new GrantStep.Send(node, new Message(standing(), content)));
    }

    void sendAll(Message.Content content) {
        peers.keySet().stream().sorted().forEach(node -> send(node, content));
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
        return bond.filter(given -> !reached(given.untilNanos()));
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
        return record().filter(record -> elector.kinship(record) == Kinship.KEEPER);
    }

    /** The other candidates that could take over, the preferred ones first. */
    List<String> takers() {
        return peers.entrySet().stream()
                .filter(peer -> peer.getValue().isHeard(now)
                        && peer.getValue().standing().ready())
                .sorted(Comparator.<Map.Entry<String, Peer>>comparingInt(
                                peer -> -peer.getValue().weight())
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How many of {@code members} that could take over come before {@code node}. */
    long rank(String node, List<String> members) {
        int own = weightOf(node);
        return Stream.concat(takers().stream(), Stream.of(elector.identity()))
                .filter(other -> !other.equals(node) && members.contains(other))
                .filter(other -> weightOf(other) > own || weightOf(other) == own && other.compareTo(node) < 0)
                .count();
    }

    int weightOf(String node) {
        return node.equals(elector.identity())
                ? weight
                : Optional.ofNullable(peers.get(node)).map(Peer::weight).orElse(0);
    }

    /** Until when so many members, this one among them, stand behind this node. */
    long endOfPromises(List<String> members, int needed) {
        if (needed <= 1) {
            return now + rules.pace().grant().toNanos();
        }
        List<Long> ends = members.stream()
                .filter(member -> !member.equals(elector.identity()))
                .map(member -> Optional.ofNullable(peers.get(member))
                        .map(Peer::countsUntilNanos)
                        .orElse(now))
                .sorted((one, other) -> Long.signum(other - one))
                .toList();
        return ends.size() < needed - 1 ? now : ends.get(needed - 2);
    }

    /** Whether an elector of another kind may be among the candidates. */
    boolean hasStrangers() {
        boolean held = foreign.filter(seen -> !reached(seen.seenNanos() + FOREIGN_NANOS))
                .filter(seen -> !isCandidate(seen.name()))
                .isPresent();
        return held
                || controlPlane
                        .filter(nodes -> !nodes.stream().allMatch(this::isCandidate))
                        .isPresent();
    }

    private boolean isCandidate(String node) {
        return node.equals(elector.identity())
                || Optional.ofNullable(peers.get(node))
                        .filter(peer -> peer.isHeard(now))
                        .isPresent();
    }
}
