package io.vipkeeper.kubernetes.candidates;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import io.vipkeeper.grant.Candidate;
import io.vipkeeper.kubernetes.OneLine;
import io.vipkeeper.kubernetes.candidates.CandidateNotes.Reading;
import io.vipkeeper.lease.LeaseRecord;

/**
 * Who is a candidate, by what was seen of the Leases. How long one has been silent is measured by the local clock from
 * when it was seen to change, and only while the API server could have shown a change: in an outage nobody can renew,
 * and nobody is forgotten. For one thread.
 */
final class CandidateView {
    /** More make no quorum quicker, and each is written to twenty times a second. */
    static final int MOST = 16;

    /** After which without a renewal a candidate is none. */
    static final Duration SILENCE = Duration.ofMinutes(3);

    private static final int MOST_SAID = 64;

    private final CandidateNames names;
    private final long longestGapNanos;
    private final Consumer<String> remarks;
    private final Map<String, Sighting> sightings = new HashMap<>();
    private final Set<String> said = new HashSet<>();
    private Optional<Long> lookedAt = Optional.empty();
    private volatile long refused;

    private static final class Sighting {
        final String version;
        final Reading reading;
        long silentNanos;

        Sighting(String version, Reading reading) {
            this.version = version;
            this.reading = reading;
        }
    }

    /**
     * @param longestGap between two looks; what is longer is an outage, and counts only as this
     * @param remarks told once of each Lease that is left out
     */
    CandidateView(CandidateNames names, Duration longestGap, Consumer<String> remarks) {
        this.names = names;
        this.longestGapNanos = longestGap.toNanos();
        this.remarks = remarks;
    }

    /** How many versions of Leases were left out so far; any thread may ask. */
    long refused() {
        return refused;
    }

    /**
     * @param leases all that there are now, by name
     * @return the candidates, by name
     */
    List<Candidate> look(Map<String, LeaseRecord> leases, long nowNanos) {
        long gap = Math.min(lookedAt.map(at -> nowNanos - at).orElse(0L), longestGapNanos);
        lookedAt = Optional.of(nowNanos);
        sightings.keySet().retainAll(leases.keySet());
        leases.forEach((name, lease) -> sight(name, lease, gap));
        List<Candidate> all = new ArrayList<>();
        for (Sighting sighting : sightings.values()) {
            if (sighting.reading instanceof Reading.Usable(Candidate candidate)
                    && sighting.silentNanos < SILENCE.toNanos()) {
                all.add(candidate);
            }
        }
        all.sort(Comparator.comparing(Candidate::node));
        if (all.size() > MOST) {
            say(
                    "",
                    "There are " + all.size() + " candidates of " + names.election() + "; the first " + MOST
                            + " by name take part in the fast path.");
        }
        return List.copyOf(all.subList(0, Math.min(MOST, all.size())));
    }

    private void sight(String name, LeaseRecord lease, long gap) {
        Sighting known = sightings.get(name);
        if (known != null && known.version.equals(lease.resourceVersion())) {
            known.silentNanos += gap;
            return;
        }
        Reading reading = CandidateNotes.read(names, name, lease);
        sightings.put(name, new Sighting(lease.resourceVersion(), reading));
        if (reading instanceof Reading.Refused(String why)) {
            refused = refused + 1;
            say(name, "Lease " + OneLine.of(name) + " names no candidate and is left out: " + why + ".");
        }
    }

    private void say(String about, String sentence) {
        if (said.size() < MOST_SAID && said.add(about)) {
            remarks.accept(sentence);
        }
    }
}
