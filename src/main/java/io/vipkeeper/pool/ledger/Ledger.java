package io.vipkeeper.pool.ledger;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.vipkeeper.pool.Address;
import io.vipkeeper.pool.AddressSet;
import io.vipkeeper.pool.Family;
import io.vipkeeper.pool.SearchOrder;

/** Every address that is in use. For one thread. */
public final class Ledger {
    private final Map<ServiceId, Claim> claims = new HashMap<>();
    private final Map<Address, TreeSet<Claim>> tenants = new HashMap<>();
    private final Map<Address, Reservation> reserved = new HashMap<>();
    private final Comparator<Address> order;
    private final AddressSet taken;
    private final AddressSet shared;
    private final Map<Port, AddressSet> byPort = new HashMap<>();

    public Ledger() {
        this(Comparator.naturalOrder());
    }

    /** @param order the natural one, maybe counted */
    Ledger(Comparator<Address> order) {
        this.order = order;
        this.taken = new AddressSet(order);
        this.shared = new AddressSet(order);
    }

    /** A Service has this from now on, and nothing else. */
    public void put(Claim claim) {
        remove(claim.id());
        claims.put(claim.id(), claim);
        for (Grant grant : claim.grants()) {
            if (tenants.computeIfAbsent(grant.address(), any -> new TreeSet<>(Claim.SENIORITY))
                    .add(claim)) {
                claim.ports().forEach(port -> portSet(port).add(grant.address()));
                index(grant.address());
            }
        }
    }

    /** A Service has nothing any more. */
    public void remove(ServiceId id) {
        Claim claim = claims.remove(id);
        if (claim == null) {
            return;
        }
        for (Grant grant : claim.grants()) {
            TreeSet<Claim> others = tenants.get(grant.address());
            if (others != null && others.remove(claim)) {
                claim.ports().forEach(port -> unport(port, grant.address(), others));
                if (others.isEmpty()) {
                    tenants.remove(grant.address());
                }
                index(grant.address());
            }
        }
    }

    /** Addresses that no pool hands out, instead of those before. */
    public void reserve(Map<Address, Reservation> all) {
        Set<Address> touched = new HashSet<>(reserved.keySet());
        touched.addAll(all.keySet());
        reserved.clear();
        reserved.putAll(all);
        touched.forEach(this::index);
    }

    public Map<Address, Reservation> reserved() {
        return Map.copyOf(reserved);
    }

    public Optional<Claim> claim(ServiceId id) {
        return Optional.ofNullable(claims.get(id));
    }

    /** Who has an address, whoever goes first before the others. */
    public Collection<Claim> tenants(Address address) {
        TreeSet<Claim> found = tenants.get(address);
        return found == null ? List.of() : List.copyOf(found);
    }

    /** How many addresses of a family in {@code pool} are in use; its cost is that of the number of Services. */
    public long used(AddressSet pool, Family family) {
        return tenants.keySet().stream()
                .filter(address -> address.family() == family && pool.contains(address))
                .count();
    }

    /** The first in that order that nobody has. */
    Optional<Address> free(AddressSet pool, SearchOrder way) {
        Optional<Address> next = pool.end(way);
        while (next.isPresent()) {
            Optional<Address> candidate = taken.notIn(next.get(), way);
            if (candidate.equals(next)) {
                return candidate;
            }
            next = candidate.flatMap(address -> pool.in(address, way));
        }
        return next;
    }

    /** The first in that order that Services have who share it and of whom none has one of these ports. */
    Optional<Address> shareable(AddressSet pool, SearchOrder way, Set<Port> ports) {
        Optional<Address> next = pool.end(way);
        while (next.isPresent()) {
            Optional<Address> candidate = shared.in(next.get(), way);
            for (Port port : ports) {
                candidate = candidate.flatMap(address -> portSetOrNone(port).notIn(address, way));
            }
            if (candidate.equals(next)) {
                return candidate;
            }
            next = candidate.flatMap(address -> pool.in(address, way));
        }
        return next;
    }

    /** What stands against it that this Service has or gets that address, as the end of a sentence. */
    public Optional<String> obstacle(Claim claim, Grant grant) {
        Reservation reservation = reserved.get(grant.address());
        if (reservation != null && (grant.isChosen() || reservation.refuses(claim))) {
            return Optional.of("is that of " + reservation.owner());
        }
        for (Claim tenant : tenants(grant.address())) {
            if (tenant.id().equals(claim.id())) {
                continue;
            }
            if (Claim.SENIORITY.compare(tenant, claim) > 0) {
                break;
            }
            if (!claim.canShare(grant, tenant, grantOf(tenant, grant.address()))) {
                return Optional.of("is in use by the Service " + tenant.id() + " and cannot be shared with it");
            }
        }
        return Optional.empty();
    }

    private static Grant grantOf(Claim tenant, Address address) {
        return tenant.grants().stream()
                .filter(grant -> grant.address().equals(address))
                .findFirst()
                .orElseThrow();
    }

    /** The sets that are searched say again what is true of this address. */
    private void index(Address address) {
        TreeSet<Claim> here = tenants.get(address);
        boolean reservedHere = reserved.containsKey(address);
        set(taken, address, here != null || reservedHere);
        set(shared, address, here != null && !reservedHere && here.stream().allMatch(claim -> isOpen(claim, address)));
    }

    private static boolean isOpen(Claim claim, Address address) {
        return claim.sharing()
                && !claim.ports().isEmpty()
                && grantOf(claim, address).reason() != Grant.Reason.FOREIGN;
    }

    private static void set(AddressSet set, Address address, boolean in) {
        if (in) {
            set.add(address);
        } else {
            set.remove(address);
        }
    }

    private AddressSet portSet(Port port) {
        return byPort.computeIfAbsent(port, any -> new AddressSet(order));
    }

    private AddressSet portSetOrNone(Port port) {
        AddressSet found = byPort.get(port);
        return found == null ? new AddressSet() : found;
    }

    private void unport(Port port, Address address, Collection<Claim> others) {
        AddressSet found = byPort.get(port);
        if (found != null && others.stream().noneMatch(other -> other.ports().contains(port))) {
            found.remove(address);
            if (found.isEmpty()) {
                byPort.remove(port);
            }
        }
    }
}
