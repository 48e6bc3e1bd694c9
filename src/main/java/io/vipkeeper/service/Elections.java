package io.vipkeeper.service;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import io.vipkeeper.lease.Kinship;
import io.vipkeeper.lease.LeaseDecision;
import io.vipkeeper.lease.LeaseEvent;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.lease.LeaseRole;
import io.vipkeeper.lease.LeaseState;
import io.vipkeeper.lease.LeaseStep;
import io.vipkeeper.lease.LossReason;
import io.vipkeeper.lease.Moments;
import io.vipkeeper.lease.Sighting;
import io.vipkeeper.service.plan.LeaseRef;

/**
 * One election for each Lease. Whoever holds much leaves the next Lease to the others for a moment, so that every node
 * comes to hold some; nobody is ever asked to give one away.
 */
final class Elections {
    private static final long STEP_NANOS = 100_000_000L;
    private static final long LONGEST_DELAY_NANOS = 1_000_000_000L;

    private final ServiceSettings settings;
    private final Laws laws;
    private final LeaseDecision decision;
    private final Predicate<LeaseRef> isOwn;
    private final Map<LeaseRef, Ballot> ballots = new LinkedHashMap<>();
    private final Set<LeaseRef> changed = new HashSet<>();
    private final List<ServiceAction> actions = new ArrayList<>();
    private boolean stopping;

    /** @param isOwn whether a Lease is one of those whose holder is not chosen for its load */
    Elections(ServiceSettings settings, Laws laws, Predicate<LeaseRef> isOwn) {
        this.laws = laws;
        this.settings = settings;
        this.isOwn = isOwn;
        decision = new LeaseDecision(settings.elector(), laws.rules());
    }

    /**
     * Takes part for these and no others.
     *
     * @param fresh whether nobody can have held it before
     */
    void campaign(Set<LeaseRef> wanted, Predicate<LeaseRef> fresh, long now) {
        for (LeaseRef lease : wanted) {
            ballots.computeIfAbsent(lease, unknown -> new Ballot(unknown, fresh.test(unknown), now));
        }
        for (Ballot ballot : ballots.values()) {
            ballot.wanted = wanted.contains(ballot.lease);
        }
    }

    /** Takes note of who may hold what. */
    void qualify(Predicate<LeaseRef> eligible, long now) {
        for (Ballot ballot : ballots.values()) {
            boolean may = ballot.wanted && eligible.test(ballot.lease);
            if (may != ballot.qualified) {
                ballot.qualified = may;
                run(ballot, new LeaseEvent.Eligible(may, LossReason.NOT_ELIGIBLE), now);
            }
        }
        ballots.values().removeIf(ballot -> !ballot.wanted && ballot.isIdle());
    }

    void tell(LeaseRef lease, LeaseEvent event, long now) {
        Ballot ballot = ballots.get(lease);
        if (ballot != null) {
            run(ballot, event, now);
        }
    }

    /** Goes on where something is due. */
    void tick(long now) {
        for (Ballot ballot : ballots.values()) {
            if (now - ballot.wakeAtNanos >= 0) {
                run(ballot, new LeaseEvent.Tick(), now);
            }
        }
    }

    void stop(long now) {
        stopping = true;
        ballots.values().forEach(ballot -> run(ballot, new LeaseEvent.Stop(), now));
    }

    /** Lets go of what has no address on any more. */
    void release(Predicate<LeaseRef> off, long now) {
        for (Ballot ballot : ballots.values()) {
            if (ballot.awaitsAddresses() && laws.mayRelease(() -> off.test(ballot.lease))) {
                run(ballot, new LeaseEvent.AddressOff(), now);
            }
        }
    }

    boolean isStopped() {
        return stopping && ballots.values().stream().allMatch(Ballot::isStopped);
    }

    Optional<LeaseRole.Holder> holder(LeaseRef lease) {
        Ballot ballot = ballots.get(lease);
        return ballot != null && ballot.state.role() instanceof LeaseRole.Holder holder
                ? Optional.of(holder)
                : Optional.empty();
    }

    /** Whether this node had the Lease before this process was there, and nobody since. */
    boolean isInherited(LeaseRef lease) {
        return Optional.ofNullable(ballots.get(lease))
                .filter(ballot -> ballot.inherited)
                .isPresent();
    }

    boolean holds(LeaseRef lease) {
        return holder(lease).isPresent();
    }

    Set<LeaseRef> leases() {
        return Collections.unmodifiableSet(ballots.keySet());
    }

    /** How many Leases this node holds. */
    int held() {
        return (int) ballots.values().stream().filter(Ballot::holds).count();
    }

    /** The Leases whose role here is another since this was asked last. */
    Set<LeaseRef> takeChanged() {
        Set<LeaseRef> taken = Set.copyOf(changed);
        changed.clear();
        return taken;
    }

    List<ServiceAction> takeActions() {
        List<ServiceAction> taken = List.copyOf(actions);
        actions.clear();
        return taken;
    }

    long wakeAt(long now) {
        long wake = now + LONGEST_DELAY_NANOS;
        for (Ballot ballot : ballots.values()) {
            wake = Moments.earlier(wake, ballot.wakeAtNanos);
        }
        return wake;
    }

    private void run(Ballot ballot, LeaseEvent event, long now) {
        if (ballot.state.accord().holdBackNanos() == ballot.sinceNanos) {
            step(ballot, new LeaseEvent.Accorded(ballot.heldBackUntil(ballot.never())), now);
        }
        holdBack(ballot, now);
        step(ballot, event, now);
        if (vouches(ballot, now)) {
            step(ballot, new LeaseEvent.Vouched(), now);
        }
        holdBack(ballot, now);
        ballot.wakeAtNanos = decision.wakeAt(ballot.state, now);
    }

    private void step(Ballot ballot, LeaseEvent event, long now) {
        LeaseState before = ballot.state;
        LeaseStep step = decision.step(before, event, now);
        ballot.state = step.state();
        ballot.inherited = isInherited(ballot, before);
        step.actions().forEach(action -> actions.add(new ServiceAction.OnLease(ballot.lease, action)));
        if (!before.role().equals(step.state().role())) {
            changed.add(ballot.lease);
        }
    }

    /** From the first sight of the Lease for as long as it names this node. */
    private boolean isInherited(Ballot ballot, LeaseState before) {
        Optional<Kinship> now =
                ballot.state.sighting().flatMap(Sighting::record).map(settings.elector()::kinship);
        boolean first = before.sighting().isEmpty() && now.equals(Optional.of(Kinship.PREVIOUS_LIFE));
        return first
                || ballot.inherited
                        && now.filter(kin -> kin == Kinship.PREVIOUS_LIFE || kin == Kinship.OWN)
                                .isPresent();
    }

    /** A Lease that is missing because its Service has only just been made need not be waited for. */
    private boolean vouches(Ballot ballot, long now) {
        return ballot.fresh
                && now - ballot.sinceNanos < settings.timing().leaseDuration().toNanos()
                && ballot.state
                        .sighting()
                        .filter(seen -> seen.record().isEmpty() && seen.claimableAtNanos() - now > 0)
                        .isPresent();
    }

    private void holdBack(Ballot ballot, long now) {
        Optional<Sighting> seen = ballot.state.sighting();
        if (seen.isEmpty() || !(ballot.state.role() instanceof LeaseRole.Follower) || ballot.counts()) {
            return;
        }
        boolean own = seen.get()
                .record()
                .map(LeaseRecord::holderIdentity)
                .filter(settings.node()::equals)
                .isPresent();
        long until = seen.get().claimableAtNanos() + (own ? 0 : delay(ballot));
        if (until != ballot.state.accord().holdBackNanos()) {
            step(ballot, new LeaseEvent.Accorded(ballot.heldBackUntil(until)), now);
        }
    }

    /** The less a node holds the sooner it claims; among equals it is settled by chance, another for each Lease. */
    private long delay(Ballot ballot) {
        long chance = Math.floorMod(mix((settings.node() + "/" + ballot.lease).hashCode()), STEP_NANOS);
        if (isOwn.test(ballot.lease)) {
            return chance / 2;
        }
        long load = ballots.values().stream()
                .filter(other -> other != ballot && other.counts() && !isOwn.test(other.lease))
                .count();
        return Math.min(load * STEP_NANOS, LONGEST_DELAY_NANOS) + chance;
    }

    private static long mix(long hash) {
        long mixed = hash * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 32;
    }
}
