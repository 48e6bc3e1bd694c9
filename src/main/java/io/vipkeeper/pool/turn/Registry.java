package io.vipkeeper.pool.turn;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.vipkeeper.pool.Address;
import io.vipkeeper.pool.Pools;
import io.vipkeeper.pool.Supply;
import io.vipkeeper.pool.ledger.Claim;
import io.vipkeeper.pool.ledger.Grant;
import io.vipkeeper.pool.ledger.Ledger;
import io.vipkeeper.pool.ledger.Reservation;
import io.vipkeeper.pool.ledger.ServiceId;

/** All Services as they were seen last, what they use, and which of them have to be looked at again. */
final class Registry {
    /** The oldest first, so that who came first is served first. */
    private static final Comparator<Applicant> BY_AGE = Comparator.comparing(Applicant::created)
            .thenComparing(Applicant::uid)
            .thenComparing(applicant -> applicant.id().toString());

    private static final int MOST_GONE = 10_000;

    /** The uids of those that are gone, of which none ever comes back; late news of them are no news. */
    private final Set<String> gone = new LinkedHashSet<>();

    private final Map<ServiceId, Applicant> known = new HashMap<>();
    private final Map<ServiceId, List<Grant>> promised = new HashMap<>();
    private final Set<ServiceId> waiting = new HashSet<>();
    private final TreeSet<Applicant> dirty = new TreeSet<>(BY_AGE);
    private final Ledger ledger = new Ledger();
    private Pools pools = Pools.read(Map.of());
    private String listed = "0";

    Ledger ledger() {
        return ledger;
    }

    Pools pools() {
        return pools;
    }

    /**
     * Replaces everything that is not younger than the list, unless a younger list was there before: a watch may lag
     * behind what was read beside it.
     *
     * @return those that are gone
     */
    Set<ServiceId> list(List<Applicant> all, String version) {
        if (!version.equals(listed) && !Applicant.isNewer(version, listed)) {
            return Set.of();
        }
        listed = version;
        Set<ServiceId> missing = new HashSet<>(known.keySet());
        missing.removeIf(id -> known.get(id).isNewerThan(version));
        all.forEach(applicant -> missing.remove(applicant.id()));
        missing.forEach(this::forget);
        all.forEach(this::take);
        dirty.addAll(known.values());
        return missing;
    }

    /** What a list did not show though it is no younger was gone by then. */
    void see(Applicant seen) {
        boolean other =
                !known.containsKey(seen.id()) || !known.get(seen.id()).uid().equals(seen.uid());
        if (!other || seen.isNewerThan(listed)) {
            take(seen);
        }
    }

    private void take(Applicant seen) {
        Applicant before = known.get(seen.id());
        if (gone.contains(seen.uid()) || before != null && !seen.isNewerThan(before.version())) {
            return;
        }
        if (before != null) {
            dirty.remove(before);
            if (!before.uid().equals(seen.uid())) {
                promised.remove(seen.id());
            }
        }
        known.put(seen.id(), seen);
        refresh(seen.id());
    }

    void delete(ServiceId id, String uid) {
        if (known.containsKey(id) && known.get(id).uid().equals(uid)) {
            forget(id);
        }
    }

    private void forget(ServiceId id) {
        Applicant last = known.remove(id);
        gone.add(last.uid());
        if (gone.size() > MOST_GONE) {
            gone.remove(gone.iterator().next());
        }
        dirty.remove(last);
        promised.remove(id);
        waiting.remove(id);
        refresh(id);
    }

    void read(Pools now) {
        pools = now;
        known.values().forEach(applicant -> ledger.put(claimOf(applicant)));
        dirty.addAll(known.values());
    }

    void reserve(Map<Address, Reservation> all) {
        ledger.reserve(all);
        dirty.addAll(known.values());
    }

    /** It has these addresses, too, until that is settled one way or the other. */
    void promise(ServiceId id, List<Grant> grants) {
        promised.put(id, grants);
        refresh(id);
    }

    void settle(ServiceId id) {
        promised.remove(id);
        refresh(id);
    }

    void settleAll() {
        List.copyOf(promised.keySet()).forEach(this::settle);
    }

    /** It got nothing, and is looked at again when addresses become free. */
    void await(ServiceId id) {
        waiting.add(id);
    }

    void served(ServiceId id) {
        waiting.remove(id);
    }

    /** Looks at it only when something changes again. */
    void rest(ServiceId id) {
        applicant(id).ifPresent(dirty::remove);
    }

    Optional<Applicant> applicant(ServiceId id) {
        return Optional.ofNullable(known.get(id));
    }

    /** The oldest one that has to be looked at, which then has been. */
    Optional<Applicant> next() {
        return Optional.ofNullable(dirty.pollFirst());
    }

    /** @param has what is counted as its own */
    Claim claimOf(Applicant applicant, boolean settled, List<Grant> has) {
        boolean sharing = pools.of(applicant.id().namespace()) instanceof Supply.Pool pool && pool.shared();
        return new Claim(
                applicant.id(), applicant.uid(), applicant.created(), settled, has, applicant.ports(), sharing);
    }

    private Claim claimOf(Applicant applicant) {
        Reading reading = Reading.of(applicant.texts());
        List<Grant> promises = promised.getOrDefault(applicant.id(), List.of());
        boolean settled = reading.settled() || !promises.isEmpty() || applicant.stage() == Applicant.Stage.OTHER;
        return claimOf(applicant, settled, reading.inUse(applicant, promises));
    }

    private void refresh(ServiceId id) {
        Optional<Claim> before = ledger.claim(id);
        Optional<Claim> after = applicant(id).map(this::claimOf);
        applicant(id).ifPresent(dirty::add);
        if (before.equals(after)) {
            return;
        }
        Set<Address> had = addresses(before);
        after.ifPresentOrElse(ledger::put, () -> ledger.remove(id));
        Set<Address> has = addresses(after);
        had.forEach(this::lookAtTenants);
        has.forEach(this::lookAtTenants);
        if (!has.containsAll(had)) {
            waiting.forEach(other -> applicant(other).ifPresent(dirty::add));
        }
    }

    private void lookAtTenants(Address address) {
        ledger.tenants(address).forEach(tenant -> applicant(tenant.id()).ifPresent(dirty::add));
    }

    private static Set<Address> addresses(Optional<Claim> claim) {
        return claim.stream()
                .flatMap(found -> found.grants().stream())
                .map(Grant::address)
                .collect(Collectors.toSet());
    }
}
