package io.vipkeeper.kubernetes.candidates;

import java.util.Base64;
import java.util.Map;

import io.vipkeeper.grant.Candidate;
import io.vipkeeper.kubernetes.LeaseName;
import io.vipkeeper.lease.LeaseRecord;

/** Candidates and their Leases as the tests need them. */
final class Candidates {
    static final LeaseName ELECTION = new LeaseName("kube-system", "plndr-cp-lock");

    private Candidates() {}

    /** @param process makes it differ from another life of the node */
    static Candidate candidate(String node, String process) {
        return candidate(node, process, "192.0.2.11");
    }

    static Candidate candidate(String node, String process, String host) {
        return new Candidate(node, process, host, 7472, key(node + process), 100);
    }

    /** Not a key that fits anything, but of the form of one. */
    static String key(String seed) {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (seed.hashCode() >> i % 4 * 8);
        }
        return Base64.getEncoder().encodeToString(key);
    }

    static LeaseRecord lease(String node, String version) {
        return lease(node, version, CandidateNotes.of(candidate(node, "p1"), "1"));
    }

    static LeaseRecord lease(String node, String version, Map<String, String> annotations) {
        return new LeaseRecord(version, node, 180, 0, "", "2026-01-02T03:04:05.000000Z", annotations);
    }
}
