package io.vipkeeper.service.plan;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.vipkeeper.vip.VirtualIp;

/**
 * What is wanted.
 *
 * @param services those that are looked after, or were and still say so
 * @param leases every Lease that is to be campaigned for
 */
public record Plan(
        Map<VirtualIp, Placement> placements,
        Map<ServiceKey, Ward> services,
        Set<LeaseRef> leases,
        List<Notice> notices) {
    public static final Plan EMPTY = new Plan(Map.of(), Map.of(), Set.of(), List.of());

    /**
     * One Service.
     *
     * @param addresses what it is to have, in its own order; none when it was refused, or is no concern any more
     * @param leases of each address that it is to have or says it has, by the address as the status would write it
     * @param speaker the Lease whose holder tells its owner what is wrong
     */
    public record Ward(ServiceView view, List<VirtualIp> addresses, Map<String, LeaseRef> leases, LeaseRef speaker) {
        public Ward {
            addresses = List.copyOf(addresses);
            leases = Map.copyOf(leases);
        }
    }

    public Plan {
        // In the order in which they were drawn: the same events are to lead to the same steps in every process.
        placements = Collections.unmodifiableMap(new LinkedHashMap<>(placements));
        services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
        leases = Collections.unmodifiableSet(new LinkedHashSet<>(leases));
        notices = List.copyOf(notices);
    }

    /** The Leases that no Service needed before, and whose Services nobody ever announced. */
    public Set<LeaseRef> freshSince(Plan before) {
        Set<LeaseRef> fresh = new HashSet<>();
        Set<LeaseRef> old = new HashSet<>(before.leases);
        services.forEach((key, ward) -> {
            Set<LeaseRef> some = ward.view().isBlank() ? fresh : old;
            some.addAll(ward.leases().values());
            some.add(ward.speaker());
        });
        fresh.removeAll(old);
        return fresh;
    }
}
