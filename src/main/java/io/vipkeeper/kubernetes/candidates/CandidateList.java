package io.vipkeeper.kubernetes.candidates;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vipkeeper.grant.Candidate;
import io.vipkeeper.kubernetes.ApiSurvey.Told;
import io.vipkeeper.kubernetes.ElectionClient;
import io.vipkeeper.kubernetes.LabelledLeases;
import io.vipkeeper.kubernetes.LeaseName;
import io.vipkeeper.kubernetes.OneLine;
import io.vipkeeper.kubernetes.WatchPace;
import io.vipkeeper.lease.LeaseRecord;

/** The candidates of an election as their Leases have them, for whoever only looks. */
public final class CandidateList {
    /** After which without a renewal the others forget a candidate. */
    public static final Duration SILENCE = CandidateView.SILENCE;

    private final LabelledLeases leases;
    private final CandidateNames names;

    /**
     * What one says of itself.
     *
     * @param version of its program; empty when it does not say
     * @param condition as {@link CandidateLeases#tell} has it; empty when it does not say
     * @param fence its kind; empty when it does not say
     * @param renewed when it wrote its Lease last, by its own clock; empty for a text that is no time
     */
    public record Entry(
            Candidate candidate, String version, String condition, String fence, Optional<Instant> renewed) {}

    public CandidateList(ElectionClient client, LeaseName election) {
        names = new CandidateNames(election);
        leases = new LabelledLeases(client, election.namespace(), names.labels(), WatchPace.DEFAULT, sentence -> false);
    }

    /** By name, at most sixteen; what names no candidate is left out. Blocks for one request. */
    public Told<List<Entry>> read() {
        return switch (leases.list()) {
            case Told.Unknown<Map<String, LeaseRecord>>(var cause, String detail) -> new Told.Unknown<>(cause, detail);
            case Told.Known<Map<String, LeaseRecord>>(var all) ->
                new Told.Known<>(all.entrySet().stream()
                        .flatMap(lease -> entry(lease.getKey(), lease.getValue()).stream())
                        .sorted(Comparator.comparing(entry -> entry.candidate().node()))
                        .limit(CandidateView.MOST)
                        .toList());
        };
    }

    private Optional<Entry> entry(String name, LeaseRecord lease) {
        return CandidateNotes.read(names, name, lease) instanceof CandidateNotes.Reading.Usable(Candidate candidate)
                ? Optional.of(new Entry(
                        candidate,
                        note(lease, CandidateNotes.VERSION),
                        note(lease, CandidateNotes.CONDITION),
                        note(lease, CandidateNotes.FENCE),
                        time(lease.renewTime())))
                : Optional.empty();
    }

    private static String note(LeaseRecord lease, String key) {
        return OneLine.of(lease.annotations().getOrDefault(key, ""));
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
