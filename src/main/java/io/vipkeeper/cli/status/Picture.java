package io.vipkeeper.cli.status;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vipkeeper.cli.common.StatusSource.Reply;
import io.vipkeeper.kubernetes.LeaseName;
import io.vipkeeper.kubernetes.candidates.CandidateList;
import io.vipkeeper.lease.LeaseRecord;

/**
 * What was seen of an election at one moment. Nothing in it is trusted.
 *
 * @param at by the wall clock of whoever looks
 * @param processes what each candidate's process said when it was asked, by node; this node's own is among them
 * @param candidates as their Leases name them; empty when those could not be read
 */
record Picture(
        Instant at,
        LeaseName election,
        Api api,
        Local local,
        List<CandidateList.Entry> candidates,
        Map<String, Reply> processes) {

    Picture {
        candidates = List.copyOf(candidates);
        processes = new LinkedHashMap<>(processes);
    }

    /**
     * The way through the API server.
     *
     * @param way server and user; empty when there is none
     * @param asked whether there is a way to ask
     * @param problem why the election's Lease could not be read, one line; empty when it could
     * @param candidatesProblem the same of the candidates' Leases
     * @param lease empty when it could not be read, or there is none
     * @param certificateEnds when that ends by which the API server knows the user; empty when it shows none
     */
    record Api(
            String way,
            boolean asked,
            String problem,
            String candidatesProblem,
            Optional<LeaseRecord> lease,
            Optional<Instant> certificateEnds) {

        boolean answers() {
            return problem.isEmpty();
        }
    }

    /**
     * The process of this node.
     *
     * @param named whether somebody said that it is there
     */
    record Local(String url, boolean named, Reply reply) {
        /** What it told, if it did. */
        Optional<Told> told() {
            return reply instanceof Reply.Told(var json) ? Optional.of(new Told(json)) : Optional.empty();
        }
    }

    /** The processes that answered. */
    List<Told> told() {
        return processes.values().stream()
                .filter(Reply.Told.class::isInstance)
                .map(reply -> new Told(((Reply.Told) reply).status()))
                .toList();
    }

    /** Whether nobody answered at all. */
    boolean isBlank() {
        return told().isEmpty() && !api.answers();
    }

    Optional<Told> told(String node) {
        return told().stream().filter(one -> one.node().equals(node)).findFirst();
    }

    /**
     * Who holds: whoever says that it does, else whom the Lease names, else whom the processes take for it; empty when
     * nobody does as far as can be seen.
     */
    String holder() {
        return told().stream()
                .filter(Told::holds)
                .map(Told::node)
                .findFirst()
                .or(() -> api.lease().map(LeaseRecord::holderIdentity))
                .or(() -> told().stream()
                        .map(Told::holder)
                        .filter(name -> !name.isEmpty())
                        .findFirst())
                .orElse("");
    }

    /** How long ago the Lease was renewed, by the clocks of two machines; empty when nobody can say. */
    Optional<Duration> leaseAge() {
        return api.lease().flatMap(lease -> Clocks.age(lease.renewTime(), at));
    }

    /** How long ago a candidate wrote its own Lease, by the clocks of two machines. */
    Optional<Duration> age(CandidateList.Entry entry) {
        return entry.renewed().map(renewed -> Duration.between(renewed, at));
    }
}
