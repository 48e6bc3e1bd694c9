package io.vipkeeper.cli.status;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vipkeeper.cli.common.StatusSource.Reply;
import io.vipkeeper.grant.Candidate;
import io.vipkeeper.kubernetes.LeaseName;
import io.vipkeeper.kubernetes.candidates.CandidateList;
import io.vipkeeper.lease.LeaseRecord;

/** What was seen of an election of three, to be changed by a test. */
abstract class Trio {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final Reply UNREACHED = new Reply.Silent("there is no answer within 3000 ms", false);
    static final Reply REFUSED = new Reply.Silent("nothing listens there", true);

    final Map<String, Reply> processes = new LinkedHashMap<>();
    final Map<String, ObjectNode> documents = new LinkedHashMap<>();
    final Map<String, Instant> written = new LinkedHashMap<>();
    String condition = "ready";
    String holder = "n1";
    Instant renewed = NOW.minusSeconds(1);
    String problem = "";
    boolean asked = true;
    Picture.Local local = new Picture.Local("http://127.0.0.1:2112/q/status", false, REFUSED);

    /** n1 holds, n2 and n3 follow. */
    Trio() {
        for (String node : List.of("n1", "n2", "n3")) {
            ObjectNode document = document(node);
            documents.put(node, document);
            processes.put(node, new Reply.Told(document));
            written.put(node, NOW.minusSeconds(20));
        }
    }

    final Diagnosis diagnosis() {
        Picture picture = picture();
        return Diagnosis.of(picture, Member.of(picture));
    }

    final Picture picture() {
        Optional<LeaseRecord> lease = problem.isEmpty()
                ? Optional.of(new LeaseRecord("7", holder, 15, 3, "2026-01-02T03:00:00Z", renewed.toString(), Map.of()))
                : Optional.empty();
        List<CandidateList.Entry> entries = written.entrySet().stream()
                .map(one -> new CandidateList.Entry(
                        new Candidate(one.getKey(), "p", "192.0.2.1", 2113, "", 100),
                        "0.1.0",
                        condition,
                        "nftables",
                        Optional.of(one.getValue())))
                .toList();
        return new Picture(
                NOW,
                new LeaseName("kube-system", "plndr-cp-lock"),
                new Picture.Api("https://127.0.0.1:6443 as n1", asked, problem, "", lease, Optional.empty()),
                local,
                problem.isEmpty() ? entries : List.of(),
                processes);
    }

    /** Nobody hears it any more, and its process is not asked. */
    final void deaf(String node) {
        documents.values().forEach(document -> document.path("peers").forEach(peer -> {
            if (peer.path("node").asText().equals(node)) {
                ((ObjectNode) peer).put("heard", false).put("ready", false);
            }
        }));
    }

    private static ObjectNode document(String node) {
        String role = node.equals("n1") ? "HOLDER" : "FOLLOWER";
        ObjectNode document = read("""
                {"node":"%s","version":"0.1.0","lease":"kube-system/plndr-cp-lock","role":"%s","holder":"n1",
                 "live":true,"hindrances":[],"interface":{"name":"eth0"},"fence":{"kind":"nftables"},
                 "vips":[],"fast":{"members":[]},"peers":[],"moves":[]}""".formatted(node, role));
        for (String other : List.of("n1", "n2", "n3")) {
            if (!other.equals(node)) {
                document.withArray("peers")
                        .addObject()
                        .put("node", other)
                        .put("heard", true)
                        .put("ready", true);
            }
        }
        if (role.equals("HOLDER")) {
            document.withArray("vips").addObject().put("vip", "192.0.2.10/32").put("bound", true);
            document.withObject("/fast").putArray("members").add("n1").add("n2").add("n3");
        }
        return document;
    }

    private static ObjectNode read(String json) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
