package io.vipkeeper.pool.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.vipkeeper.pool.Address;
import io.vipkeeper.pool.AddressSet;
import io.vipkeeper.pool.Family;
import io.vipkeeper.pool.Pools;
import io.vipkeeper.pool.Supply;

/**
 * Chooses addresses. The same ledger, pools and wish lead to the same choice; what a Service has and may keep, it keeps,
 * even if its pool is not what it was.
 */
public final class Allocator {
    private final Ledger ledger;

    public Allocator(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Changes nothing. */
    public Allocation allocate(Wish wish, Pools pools) {
        return wish.requested().isEmpty() ? choose(wish, pools) : accept(wish);
    }

    private Allocation accept(Wish wish) {
        List<Grant> grants = new ArrayList<>();
        for (Address address : wish.requested()) {
            if (address.isUnspecified()) {
                return new Allocation.Refused("The address " + address
                        + " asks for DHCP, which is not supported; write an address of your network, or none.");
            }
            Grant grant = new Grant(address, Grant.Reason.REQUEST);
            Optional<String> obstacle = ledger.obstacle(wish.claim(), grant);
            if (obstacle.isPresent()) {
                return new Allocation.Refused(
                        "The address " + address + " " + obstacle.get() + "; ask for another one, or for none.");
            }
            if (!grants.contains(grant)) {
                grants.add(grant);
            }
        }
        return new Allocation.Allocated(List.copyOf(grants), Optional.empty());
    }

    private Allocation choose(Wish wish, Pools pools) {
        Supply supply = pools.of(wish.claim().id().namespace());
        List<Family> wanted = wish.policy().wanted(wish.families(), familyWithout(wish, supply));
        List<Grant> grants = new ArrayList<>();
        List<Allocation> failures = new ArrayList<>();
        for (Family family : wanted) {
            switch (grant(family, wish, supply)) {
                case Allocation.Allocated(List<Grant> found, Optional<String> none) -> grants.addAll(found);
                case Allocation.Exhausted exhausted -> failures.add(exhausted);
                case Allocation.Refused refused -> failures.add(refused);
            }
        }
        boolean enough = wish.policy() == FamilyPolicy.PREFER_DUAL_STACK ? !grants.isEmpty() : failures.isEmpty();
        return enough
                ? new Allocation.Allocated(
                        List.copyOf(grants),
                        failures.stream().map(Allocator::sentence).findFirst())
                : failures.getFirst();
    }

    private Allocation grant(Family family, Wish wish, Supply supply) {
        for (Grant has : wish.claim().grants()) {
            if (has.address().family() == family
                    && has.isChosen()
                    && ledger.obstacle(wish.claim(), has).isEmpty()) {
                return new Allocation.Allocated(List.of(has), Optional.empty());
            }
        }
        return switch (supply) {
            case Supply.Nothing(String sentence) -> new Allocation.Refused(sentence);
            case Supply.Dhcp(String key) ->
                new Allocation.Refused("The pool " + key
                        + " asks for DHCP, which is not supported; write a CIDR or a range of your network.");
            case Supply.Pool pool -> fromPool(family, wish, pool);
        };
    }

    private Allocation fromPool(Family family, Wish wish, Supply.Pool pool) {
        AddressSet addresses = pool.addresses(family);
        if (addresses.isEmpty()) {
            return new Allocation.Refused("The pool " + pool.key() + " has no " + family
                    + " address; add a CIDR or a range of that family to it, or change the Service's ipFamilies.");
        }
        Optional<Grant> shared = Optional.empty();
        // As with kube-vip-cloud-provider only IPv4, of which there are few, is shared unasked.
        if (pool.shared() && family == Family.IPV4 && !wish.claim().ports().isEmpty()) {
            shared = ledger.shareable(addresses, pool.order(), wish.claim().ports())
                    .map(because(Grant.Reason.SHARE));
        }
        return shared.or(() -> ledger.free(addresses, pool.order()).map(because(Grant.Reason.POOL)))
                .<Allocation>map(grant -> new Allocation.Allocated(List.of(grant), Optional.empty()))
                .orElseGet(() -> exhausted(pool.key(), family));
    }

    private static Function<Address, Grant> because(Grant.Reason reason) {
        return address -> new Grant(address, reason);
    }

    private static Allocation exhausted(String pool, Family family) {
        return new Allocation.Exhausted(
                pool,
                family,
                "The pool " + pool + " has no free " + family
                        + " address left; add a CIDR or a range to it, or delete a Service that has one.");
    }

    /** What a Service that names no family has already, or else what the pool has, IPv4 first. */
    private static Family familyWithout(Wish wish, Supply supply) {
        if (!wish.claim().grants().isEmpty()) {
            return wish.claim().grants().getFirst().address().family();
        }
        return supply instanceof Supply.Pool pool && pool.ipv4().isEmpty() ? Family.IPV6 : Family.IPV4;
    }

    private static String sentence(Allocation failure) {
        return switch (failure) {
            case Allocation.Allocated allocated -> "";
            case Allocation.Exhausted exhausted -> exhausted.sentence();
            case Allocation.Refused(String sentence) -> sentence;
        };
    }
}
