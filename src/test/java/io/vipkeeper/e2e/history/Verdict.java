package io.vipkeeper.e2e.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the rules say of a history.
 *
 * @param findings in the order of time
 * @param report one line with what was checked
 */
public record Verdict(List<Finding> findings, String report) {
    private static final String EMPTY = "nothing recorded";
    private static final String INCOMPLETE = "recording incomplete";
    private static final int SHOWN = 5;

    /** Applies every rule. A history without frames, binds or Lease versions is a finding itself. */
    public static Verdict of(History history) {
        Tenures tenures = new Tenures(history);
        Interleaving interleaving = Interleaving.in(history, tenures);
        Binds binds = Binds.in(history, tenures);
        List<Finding> findings = new ArrayList<>(lacking(history, binds));
        findings.addAll(interleaving.findings());
        findings.addAll(binds.findings());
        findings.addAll(Voices.findings(history, tenures));
        findings.addAll(Admittance.findings(history));
        findings.sort(Comparator.comparingLong(Finding::time));
        return new Verdict(List.copyOf(findings), report(history, tenures, interleaving, binds));
    }

    private static List<Finding> lacking(History history, Binds binds) {
        List<Finding> findings = new ArrayList<>();
        history.faults().forEach(fault -> findings.add(new Finding(0, INCOMPLETE, fault)));
        if (history.frames().isEmpty()) {
            findings.add(new Finding(0, EMPTY, "no frame of the VIP"));
        }
        if (binds.count() == 0) {
            findings.add(new Finding(0, EMPTY, "no bind"));
        }
        if (history.leases().isEmpty()) {
            findings.add(new Finding(0, EMPTY, "no version of the Lease"));
        }
        return findings;
    }

    private static String report(History history, Tenures tenures, Interleaving interleaving, Binds binds) {
        long announcements = history.frames().stream()
                .filter(frame -> frame.voice() == Recorded.Voice.ANNOUNCEMENT)
                .count();
        return "%d frames of the VIP, %d announcements among them, %d changes of MAC; %d binds; %d Lease versions in %d"
                        .formatted(
                                history.frames().size(),
                                announcements,
                                interleaving.changes(),
                                binds.count(),
                                history.leases().size(),
                                tenures.all().size())
                + " tenures, seen at most %.1f ms after their bind; %s"
                        .formatted(
                                binds.latestVersion() / 1e6,
                                history.fences().isEmpty()
                                        ? "no filter"
                                        : history.fences().size() + " changes of filters");
    }

    public boolean clean() {
        return findings.isEmpty();
    }

    /** The report and the first findings of each rule, for a failure's message: a second holder breaks many at once. */
    @Override
    public String toString() {
        Map<String, List<Finding>> byRule = findings.stream()
                .collect(Collectors.groupingBy(Finding::rule, LinkedHashMap::new, Collectors.toList()));
        return report + byRule.values().stream().map(Verdict::shown).collect(Collectors.joining());
    }

    private static String shown(List<Finding> ofRule) {
        String first =
                ofRule.stream().limit(SHOWN).map(finding -> "\n  " + finding).collect(Collectors.joining());
        int more = ofRule.size() - SHOWN;
        return more > 0 ? first + "\n  and " + more + " more of this kind" : first;
    }
}
