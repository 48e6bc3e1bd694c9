package io.vipkeeper.pool.turn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.vipkeeper.pool.Address;
import io.vipkeeper.pool.ledger.Grant;
import io.vipkeeper.pool.ledger.ServiceId;
import io.vipkeeper.pool.turn.TurnEvent.WriteAnswer;

/** An API server that compares and swaps one Service at a time, with the history that watches show. */
final class TurnApi {

    /** @param applicant the last version of what was deleted */
    record Entry(boolean deleted, Applicant applicant, long version) {}

    private static final Comparator<Applicant> AGE =
            Comparator.comparing(Applicant::created).thenComparing(Applicant::uid);

    final List<Entry> history = new ArrayList<>();
    /** What it would have been had each write been stored. */
    private final List<Applicant> attempts = new ArrayList<>();

    final Map<ServiceId, Applicant> now = new LinkedHashMap<>();
    long version = 100;

    void put(Applicant applicant) {
        now.put(applicant.id(), applicant);
        history.add(new Entry(false, applicant, version));
    }

    void delete(ServiceId id) {
        history.add(new Entry(true, now.remove(id), ++version));
    }

    WriteAnswer write(AddressWrite write) {
        Applicant base = now.get(write.id());
        if (base == null) {
            return new WriteAnswer.Gone();
        }
        if (!base.version().equals(write.version())) {
            return new WriteAnswer.Conflict();
        }
        Applicant stored = Services.stored(base, ++version, write);
        put(stored);
        return new WriteAnswer.Stored(stored);
    }

    /** What there was after so many entries of the history. */
    TurnEvent.Listed listAt(long term, int entries) {
        Map<ServiceId, Applicant> then = new LinkedHashMap<>();
        for (Entry entry : history.subList(0, entries)) {
            if (entry.deleted()) {
                then.remove(entry.applicant().id());
            } else {
                then.put(entry.applicant().id(), entry.applicant());
            }
        }
        String at = entries == 0 ? "0" : Long.toString(history.get(entries - 1).version());
        return new TurnEvent.Listed(term, at, List.copyOf(then.values()));
    }

    /** Two that were given one address and cannot share it; what owners ask for is refused and not taken away. */
    Optional<String> givenTwice() {
        return givenTwice(applicant -> true);
    }

    Optional<String> givenTwice(Predicate<Applicant> counts) {
        Map<Address, List<Applicant>> owners = new LinkedHashMap<>();
        for (Applicant applicant : now.values()) {
            for (Grant grant : settled(applicant)) {
                if (!grant.isChosen() || !counts.test(applicant)) {
                    continue;
                }
                List<Applicant> others = owners.computeIfAbsent(grant.address(), any -> new ArrayList<>());
                for (Applicant other : others) {
                    if (!canShare(applicant, grant, other)) {
                        return Optional.of(grant.address() + " is that of "
                                + applicant.id().name() + " and " + other.id().name());
                    }
                }
                others.add(applicant);
            }
        }
        return Optional.empty();
    }

    /** Somebody sends this; whether it arrives is another thing. */
    void attempt(AddressWrite write) {
        history.stream()
                .map(Entry::applicant)
                .filter(base -> base.id().equals(write.id()) && base.version().equals(write.version()))
                .findFirst()
                .ifPresent(base -> attempts.add(Services.stored(base, version, write)));
    }

    /** Whether somebody older ever had that address, or was to be given it. */
    boolean hadAnOlder(Grant grant, Applicant than) {
        return Stream.concat(history.stream().map(Entry::applicant), attempts.stream())
                .filter(other -> !other.uid().equals(than.uid()))
                .filter(other -> AGE.compare(other, than) < 0)
                .anyMatch(other ->
                        settled(other).stream().anyMatch(had -> had.address().equals(grant.address())));
    }

    private static boolean canShare(Applicant one, Grant own, Applicant other) {
        Grant others = settled(other).stream()
                .filter(grant -> grant.address().equals(own.address()))
                .findFirst()
                .orElseThrow();
        Set<Object> common = new HashSet<>(one.ports());
        common.retainAll(other.ports());
        boolean poolTwice = own.reason() == Grant.Reason.POOL && others.reason() == Grant.Reason.POOL;
        return common.isEmpty() && !poolTwice;
    }

    static List<Grant> settled(Applicant applicant) {
        Reading reading = Reading.of(applicant.texts());
        return reading.settled() ? reading.has() : List.of();
    }
}
