package io.vipkeeper.service;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import io.vipkeeper.lease.Moments;
import io.vipkeeper.service.plan.LeaseRef;
import io.vipkeeper.service.plan.Placement;
import io.vipkeeper.vip.AnnouncementSchedule;
import io.vipkeeper.vip.BindOutcome;
import io.vipkeeper.vip.Stance;
import io.vipkeeper.vip.VipAction;
import io.vipkeeper.vip.VipDecision;
import io.vipkeeper.vip.VipEvent;
import io.vipkeeper.vip.VipStep;
import io.vipkeeper.vip.VirtualIp;

/**
 * The addresses of this node: each is on while its Lease is held here and the plan lets it be here.
 *
 * <p>When an address comes under another Lease it goes off first, and for a while it is not put on: a node that has
 * not seen the change may still have it by the Lease before, until what it sees is too old ({@link View}).
 */
final class Addresses {
    private static final long SECOND = 1_000_000_000L;

    private final String node;
    private final Laws laws;
    private final VipDecision decision;
    private final Rights rights;
    private final Map<VirtualIp, Held> all = new LinkedHashMap<>();
    private final Set<VirtualIp> dirty = new HashSet<>();
    private Map<VirtualIp, Placement> placements = Map.of();

    /** What this node may by its Leases. */
    interface Rights {
        /** Until when an address may be on by this Lease; empty while it is not held. */
        Optional<Stance.Holding> of(LeaseRef lease);

        /** Whether this node had the Lease before this process was there, and nobody since. */
        boolean isInherited(LeaseRef lease);
    }

    Addresses(ServiceSettings settings, Laws laws, Rights rights) {
        this.rights = rights;
        node = settings.node();
        this.laws = laws;
        decision = new VipDecision(new AnnouncementSchedule(settings.arpRate()), false);
    }

    /**
     * @param notBefore when an address may be on that this process has not seen until now
     * @param wasHere whether an earlier process of this node had it
     */
    void plan(Map<VirtualIp, Placement> next, long notBefore, Predicate<Placement> wasHere, long now) {
        next.forEach((vip, placement) -> {
            all.computeIfAbsent(vip, fresh -> {
                Held held = new Held(fresh, placement, notBefore, now);
                held.wasHere = notBefore - now > 0 && wasHere.test(placement);
                return held;
            });
            if (!placement.equals(placements.get(vip))) {
                dirty.add(vip);
            }
        });
        placements.keySet().stream().filter(vip -> !next.containsKey(vip)).forEach(dirty::add);
        placements = next;
    }

    /** Every address of these Leases is looked at again. */
    void touch(Set<LeaseRef> leases) {
        if (!leases.isEmpty()) {
            all.values().stream().filter(held -> leases.contains(held.lease)).forEach(held -> dirty.add(held.vip));
        }
    }

    /** @return the address whose bind was refused once too often, with the kernel's reason */
    Optional<String> absorb(VipEvent event, long now) {
        if (event instanceof VipEvent.LinkChanged) {
            all.values().forEach(held -> held.state = decision.absorb(held.state, event, now));
            dirty.addAll(all.keySet());
            return Optional.empty();
        }
        Held held = subject(event).map(all::get).orElse(null);
        if (held == null) {
            return Optional.empty();
        }
        held.state = decision.absorb(held.state, event, now);
        dirty.add(held.vip);
        if (event instanceof VipEvent.Bound(VirtualIp vip, BindOutcome outcome, boolean fenced)) {
            held.refusals = outcome instanceof BindOutcome.Done ? 0 : held.refusals + 1;
            return outcome instanceof BindOutcome.Refused(String reason) && held.isRefused()
                    ? Optional.of(reason)
                    : Optional.empty();
        }
        return Optional.empty();
    }

    /** Draws the consequences for all that changed or is due; {@code claimed} is what foreign machines just claimed. */
    List<ServiceAction> act(Set<VirtualIp> claimed, long now) {
        List<ServiceAction> actions = new ArrayList<>();
        for (Held held : List.copyOf(all.values())) {
            if (dirty.contains(held.vip) || now - held.wakeAtNanos >= 0) {
                act(held, Optional.of(held.vip).filter(claimed::contains), actions, now);
            }
        }
        dirty.clear();
        return actions;
    }

    private void act(Held held, Optional<VirtualIp> claimed, List<ServiceAction> actions, long now) {
        Placement placement = placements.get(held.vip);
        held.stance = stance(held, placement, now);
        VipStep step = decision.act(held.state, held.stance, claimed, now);
        held.state = step.state();
        for (VipAction action : step.actions()) {
            actions.add(new ServiceAction.OnVip(held.nic, action));
        }
        held.wakeAtNanos = held.stance instanceof Stance.Holding || !held.state.allOff()
                ? decision.wakeAt(held.state, held.stance, now)
                : waitEnds(held, now);
        if (held.stance instanceof Stance.Holding right) {
            held.wakeAtNanos = Moments.earlier(held.wakeAtNanos, right.rightEndsNanos());
        }
        if (placement != null) {
            held.wantedNanos = now;
        } else if (held.state.allOff() && now - held.wantedNanos >= laws.waitAfterMoveNanos()) {
            all.remove(held.vip);
        }
    }

    private static long waitEnds(Held held, long now) {
        return held.notBeforeNanos - now > 0 ? held.notBeforeNanos : now + SECOND;
    }

    private Stance stance(Held held, Placement placement, long now) {
        if (placement == null) {
            return new Stance.Off();
        }
        boolean moved = !placement.lease().equals(held.lease);
        if (moved || !placement.nic().equals(held.nic)) {
            if (!held.state.allOff()) {
                return new Stance.Off();
            }
            held.notBeforeNanos = moved ? now + laws.waitAfterMoveNanos() : held.notBeforeNanos;
            held.wasHere &= !moved;
            held.lease = placement.lease();
            held.nic = placement.nic();
        }
        boolean waits = held.notBeforeNanos - now > 0 && !(held.wasHere && rights.isInherited(held.lease));
        if (!laws.mayBeOn(placement, node) || waits) {
            return new Stance.Off();
        }
        return rights.of(held.lease)
                .filter(right -> right.rightEndsNanos() - now > 0)
                .<Stance>map(right -> right)
                .orElse(new Stance.Off());
    }

    Optional<Held> find(VirtualIp vip) {
        return Optional.ofNullable(all.get(vip));
    }

    Optional<Placement> placement(VirtualIp vip) {
        return Optional.ofNullable(placements.get(vip));
    }

    /** Whether no address of this Lease is on, nor about to be. */
    boolean allOff(LeaseRef lease) {
        return all.values().stream()
                .filter(held -> Objects.equals(held.lease, lease))
                .allMatch(held -> held.state.allOff());
    }

    boolean allOff() {
        return all.values().stream().allMatch(held -> held.state.allOff());
    }

    long wakeAt(long now) {
        long wake = now + SECOND;
        for (Held held : all.values()) {
            wake = Moments.earlier(wake, held.wakeAtNanos);
        }
        return wake;
    }

    /** Which address an event is about; none for the link. */
    static Optional<VirtualIp> subject(VipEvent event) {
        return switch (event) {
            case VipEvent.LinkChanged link -> Optional.empty();
            case VipEvent.AddressFound found -> Optional.of(found.vip());
            case VipEvent.AddressLost lost -> Optional.of(lost.vip());
            case VipEvent.ClaimSeen seen -> Optional.of(seen.vip());
            case VipEvent.Wanted wanted -> Optional.of(wanted.vip());
            case VipEvent.Probed probed -> Optional.of(probed.vip());
            case VipEvent.Bound bound -> Optional.of(bound.vip());
            case VipEvent.Admitted admitted -> Optional.of(admitted.vip());
            case VipEvent.Unbound unbound -> Optional.of(unbound.vip());
            case VipEvent.Announced announced -> Optional.of(announced.vip());
        };
    }
}
