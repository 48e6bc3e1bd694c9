package io.vipkeeper.service;

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
 * nanoseconds of one monotonic clock. Until everything was seen once, and while what was seen is too old, this node takes
 * part in nothing.
 */
public final class ServiceKeeper {
    private final ServiceSettings settings;
    private final Planner planner;
    private final Elections elections;
    private final Addresses addresses;
    private final StatusDesk statuses;
    private final Laws laws;
    private final Told told = new Told();
    private final View view;
    private Plan plan = Plan.EMPTY;
    private Map<LeaseRef, List<Placement>> byLease = Map.of();
    private long claimsSeen;
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
        view = new View(laws);
        addresses = new Addresses(settings, laws, new ViewedRights(elections, view));
        statuses = new StatusDesk(settings.node(), laws, addresses, elections::holds);
    }

    /** One event's consequences. To be called with a Tick when {@link ServiceStep#wakeAtNanos} has come. */
    public ServiceStep step(ServiceEvent event, long nowNanos) {
        return step(List.of(event), nowNanos);
    }

    /** The consequences of several that came together: with thousands of Leases each step is some work. */
    public ServiceStep step(List<ServiceEvent> events, long nowNanos) {
        events.forEach(event -> note(event, nowNanos));
        elections.qualify(lease -> eligible(lease, nowNanos), nowNanos);
        for (ServiceEvent event : events) {
            if (event instanceof ServiceEvent.FromLease(LeaseRef lease, var fromLease)) {
                elections.tell(lease, fromLease, nowNanos);
            }
        }
        elections.tick(nowNanos);
        Set<LeaseRef> changed = elections.takeChanged();
        addresses.touch(changed);
        List<ServiceAction> actions = new ArrayList<>(addresses.act(claimed(events), nowNanos));
        elections.release(addresses::allOff, nowNanos);
        actions.addAll(elections.takeActions());
        statuses.touch(changed);
        statuses.touch(elections.takeChanged());
        if (speaks()) {
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

    private static Set<VirtualIp> claimed(List<ServiceEvent> events) {
        Set<VirtualIp> claimed = new HashSet<>();
        for (ServiceEvent event : events) {
            if (event instanceof ServiceEvent.FromVip(VipEvent.ClaimSeen(VirtualIp vip, String mac))) {
                claimed.add(vip);
            }
        }
        return claimed;
    }

    /** Every address that is wanted, here or elsewhere, and where; the same object until that changes. */
    public Map<VirtualIp, Placement> placements() {
        return plan.placements();
    }

    /** The Leases that this node takes part in, until the next step. */
    public Set<LeaseRef> leases() {
        return elections.leases();
    }

    private boolean speaks() {
        return settings.writesStatus() && !stopping;
    }

    /** How many Leases this node holds. */
    public int leasesHeld() {
        return elections.held();
    }

    private long wakeAt(long now) {
        long wake = Moments.earlier(elections.wakeAt(now), addresses.wakeAt(now));
        if (speaks()) {
            wake = Moments.earlier(wake, statuses.wakeAt(now));
        }
        if (view.isFresh(now)) {
            wake = Moments.earlier(wake, view.rightEndsNanos());
        }
        return wake - now > 0 ? wake : now;
    }

    private void note(ServiceEvent event, long now) {
        switch (event) {
            case ServiceEvent.Tick tick -> {}
            case ServiceEvent.FromLease lease -> {}
            case ServiceEvent.Seen(Snapshot seen, long asOf, boolean missed) -> {
                boolean known = missed || !view.isWhole();
                view.see(seen, asOf, missed, now);
                draw(known, now);
            }
            case ServiceEvent.Fresh(long asOf) -> view.prove(asOf);
            case ServiceEvent.NodeAddresses(var owners) -> {
                view.know(owners);
                draw(true, now);
            }
            case ServiceEvent.Barred(LeaseRef lease, String why) ->
                byLease.getOrDefault(lease, List.of())
                        .forEach(placement -> told.refused(placement, plan, "LeaseRefused", why));
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
        if (event instanceof VipEvent.ClaimSeen(VirtualIp vip, String mac)
                && addresses.find(vip).filter(Held::isOn).isPresent()) {
            claimsSeen++;
            placement.ifPresent(found -> told.refused(found, plan, "AddressClaimed", claim(vip, mac)));
        }
        placement.ifPresent(found -> found.services().forEach(statuses::touch));
        if (refused.isPresent() && placement.isPresent()) {
            told.refused(placement.get(), plan, "AddressRefused", refused.get());
        }
    }

    private static String claim(VirtualIp vip, String mac) {
        return StatusDesk.text(vip) + " is claimed by another machine as well, " + mac
                + ": take it from that machine, or choose another address";
    }

    /** How often another machine claimed an address that was on this node. */
    public long claimsSeen() {
        return claimsSeen;
    }

    /** @param known nothing that appears now is new */
    private void draw(boolean known, long now) {
        if (!view.isWhole() || stopping) {
            return;
        }
        Plan before = plan;
        plan = planner.plan(view.snapshot(), view.nodeAddresses(), settings.reserved());
        if (plan.equals(before)) {
            return;
        }
        byLease = new HashMap<>();
        plan.placements().values().forEach(placement -> byLease.computeIfAbsent(
                        placement.lease(), fresh -> new ArrayList<>())
                .add(placement));
        Set<LeaseRef> fresh = known ? Set.of() : plan.freshSince(before);
        elections.campaign(plan.leases(), fresh::contains, now);
        addresses.plan(
                plan.placements(),
                laws.notBefore(view, now),
                placement -> view.wasHere(placement, settings.node()),
                now);
        statuses.plan(plan.services());
    }

    /** A Lease of its own goes to a node that can serve; where nobody can, anybody may see to the status. */
    private boolean eligible(LeaseRef lease, long now) {
        if (!linkUsable || !locked || !view.isFresh(now) || stopping) {
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
