package io.vipkeeper.service.plan;

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
        placements = Map.copyOf(placements);
        services = Map.copyOf(services);
        leases = Set.copyOf(leases);
        notices = List.copyOf(notices);
    }
}
