package io.vipkeeper.service;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.vipkeeper.lease.Moments;
import io.vipkeeper.service.plan.LeaseRef;
import io.vipkeeper.service.plan.Placement;
import io.vipkeeper.service.plan.Plan;
import io.vipkeeper.service.plan.Planner;
import io.vipkeeper.service.plan.ServiceKey;
import io.vipkeeper.service.plan.Snapshot;
import io.vipkeeper.vip.VipEvent;
import io.vipkeeper.vip.VirtualIp;

/**
 * The composed core for Services: what there is goes in, actions come out. Deterministic, for one thread; {@code now} is
 * nanoseconds of one monotonic clock. Until the Services were seen once this node takes part in nothing.
 */
public final class ServiceKeeper {
    private final ServiceSettings settings;
    private final Planner planner;
    private final Elections elections;
    private final Addresses addresses;
    private final StatusDesk statuses;
    private final Laws laws;
    private final Told told = new Told();
    private Optional<Snapshot> snapshot = Optional.empty();
    private Map<InetAddress, String> nodeAddresses = Map.of();
    private Plan plan = Plan.EMPTY;
    private Map<LeaseRef, List<Placement>> byLease = Map.of();
    private long bornNanos;
    private boolean linkUsable;
    private boolean locked;
    private boolean stopping;

    public ServiceKeeper(ServiceSettings settings, Planner planner) {
        this(settings, planner, new Laws(settings.timing()));
    }

    ServiceKeeper(ServiceSettings settings, Planner planner, Laws laws) {
        this.settings = settings;
        this.laws = laws;
        this.planner = planner;
        elections = new Elections(settings, laws, planner::isOwn);
        addresses = new Addresses(settings, laws, elections::holder);
        statuses = new StatusDesk(settings.node(), laws, addresses, elections::holds);
    }

    /** One event's consequences. To be called with a Tick when {@link ServiceStep#wakeAtNanos} has come. */
    public ServiceStep step(ServiceEvent event, long nowNanos) {
        note(event, nowNanos);
        elections.qualify(this::eligible, nowNanos);
        if (event instanceof ServiceEvent.FromLease(LeaseRef lease, var fromLease)) {
            elections.tell(lease, fromLease, nowNanos);
        }
        elections.tick(nowNanos);
        Set<LeaseRef> changed = elections.takeChanged();
        addresses.touch(changed);
        List<ServiceAction> actions = new ArrayList<>(addresses.act(claimed(event), nowNanos));
        elections.release(addresses::allOff, nowNanos);
        actions.addAll(elections.takeActions());
        statuses.touch(changed);
        statuses.touch(elections.takeChanged());
        if (settings.writesStatus() && !stopping) {
            actions.addAll(statuses.act(nowNanos));
        }
        if (!stopping) {
            actions.addAll(told.news(plan, elections::holds));
        }
        if (elections.isStopped() && addresses.allOff()) {
            actions.add(new ServiceAction.Finished());
        }
        return new ServiceStep(actions, wakeAt(nowNanos));
    }

    private static Optional<VirtualIp> claimed(ServiceEvent event) {
        return event instanceof ServiceEvent.FromVip(VipEvent.ClaimSeen(VirtualIp vip, String mac))
                ? Optional.of(vip)
                : Optional.empty();
    }

    /** How many Leases this node holds. */
    public int leasesHeld() {
        return elections.held();
    }

    private long wakeAt(long now) {
        long wake = Moments.earlier(elections.wakeAt(now), addresses.wakeAt(now));
        wake = Moments.earlier(wake, statuses.wakeAt(now));
        return wake - now > 0 ? wake : now;
    }

    private void note(ServiceEvent event, long now) {
        switch (event) {
            case ServiceEvent.Tick tick -> {}
            case ServiceEvent.FromLease lease -> {}
            case ServiceEvent.Seen(Snapshot seen) -> {
                boolean first = snapshot.isEmpty();
                snapshot = Optional.of(seen);
                bornNanos = first ? now : bornNanos;
                draw(first, now);
            }
            case ServiceEvent.NodeAddresses(var owners) -> {
                nodeAddresses = owners;
                draw(true, now);
            }
            case ServiceEvent.FromVip(VipEvent vip) -> absorb(vip, now);
            case ServiceEvent.IdentityLocked(boolean ours) -> locked = ours;
            case ServiceEvent.Written(ServiceKey service, StatusAnswer answer) ->
                statuses.written(service, answer, now);
            case ServiceEvent.Stop() -> {
                stopping = true;
                elections.stop(now);
            }
        }
    }

    private void absorb(VipEvent event, long now) {
        if (event instanceof VipEvent.LinkChanged(boolean usable)) {
            linkUsable = usable;
        }
        Optional<String> refused = addresses.absorb(event, now);
        Optional<Placement> placement = Addresses.subject(event).flatMap(addresses::placement);
        placement.ifPresent(found -> found.services().forEach(statuses::touch));
        if (refused.isPresent() && placement.isPresent()) {
            told.refused(placement.get(), plan, refused.get());
        }
    }

    /** @param known nothing that appears now is new */
    private void draw(boolean known, long now) {
        if (snapshot.isEmpty() || stopping) {
            return;
        }
        Plan before = plan;
        plan = planner.plan(snapshot.get(), nodeAddresses, settings.reserved());
        if (plan.equals(before)) {
            return;
        }
        byLease = new HashMap<>();
        plan.placements().values().forEach(placement -> byLease.computeIfAbsent(
                        placement.lease(), fresh -> new ArrayList<>())
                .add(placement));
        Set<LeaseRef> fresh = known ? Set.of() : fresh(before);
        elections.campaign(plan.leases(), fresh::contains, now);
        addresses.plan(plan.placements(), placement -> notBefore(placement, now), now);
        statuses.plan(plan.services());
    }

    /**
     * An address may have been under another Lease before this process looked, unless it is known to have been here or
     * is always under the same.
     */
    private long notBefore(Placement placement, long now) {
        boolean wasHere = placement.services().stream()
                .map(key -> plan.services().get(key).view())
                .anyMatch(view -> view.host().equals(settings.node())
                        && view.ingress().contains(StatusDesk.text(placement.vip())));
        return !planner.isOwn(placement.lease()) || wasHere
                ? now
                : Moments.later(now, bornNanos + laws.waitAfterMoveNanos());
    }

    /** The Leases that no Service needed a moment ago, and whose Services nobody ever announced. */
    private Set<LeaseRef> fresh(Plan before) {
        Set<LeaseRef> fresh = new HashSet<>();
        Set<LeaseRef> old = new HashSet<>();
        plan.services().forEach((key, ward) -> {
            Set<LeaseRef> leases = ward.view().isBlank() ? fresh : old;
            leases.addAll(ward.leases().values());
            leases.add(ward.speaker());
        });
        fresh.removeAll(old);
        fresh.removeAll(before.leases());
        return fresh;
    }

    /** A Lease of its own goes to a node that can serve; where nobody can, anybody may see to the status. */
    private boolean eligible(LeaseRef lease) {
        if (!linkUsable || !locked || snapshot.isEmpty() || stopping) {
            return false;
        }
        if (!planner.isOwn(lease)) {
            return true;
        }
        List<Placement> placements = byLease.getOrDefault(lease, List.of());
        return placements.stream().anyMatch(placement -> placement.mayBeOn(settings.node()))
                || placements.stream().noneMatch(Placement::mayBeSomewhere);
    }
}
