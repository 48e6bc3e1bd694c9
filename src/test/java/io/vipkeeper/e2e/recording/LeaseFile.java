package io.vipkeeper.e2e.recording;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.vipkeeper.e2e.history.Recorded;

/**
 * Reads stamped answers of etcd's watch through its HTTP gateway. What the API server keeps there is a protobuf message
 * of {@code k8s.io/api/coordination/v1} in an envelope.
 */
final class LeaseFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ENVELOPE_MARK = 4;
    private static final int ENVELOPE_RAW = 2;
    private static final int LEASE_SPEC = 2;
    private static final int HOLDER_IDENTITY = 1;
    private static final int DURATION_SECONDS = 2;

    /** An entry of a map of strings: the key, and the value as the second field, of four bytes. */
    private static final String OFFERED = "vipkeeper.io/offered\u0012\u0004true";

    private LeaseFile() {}

    /**
     * @param file lines with an answer each behind its time in nanoseconds
     * @throws IOException for what etcd does not send
     */
    static List<Recorded.Lease> read(List<String> file) throws IOException {
        List<Recorded.Lease> versions = new ArrayList<>();
        for (String line : file) {
            int space = line.indexOf(' ');
            long time = Long.parseLong(line.substring(0, space));
            for (JsonNode event : JSON.readTree(line.substring(space + 1)).at("/result/events")) {
                versions.add(version(time, event));
            }
        }
        return versions;
    }

    private static Recorded.Lease version(long time, JsonNode event) throws IOException {
        long revision = event.at("/kv/mod_revision").asLong();
        if (event.path("type").asText().equals("DELETE")) {
            return new Recorded.Lease(time, revision, "", 0, true, false);
        }
        byte[] value = Base64.getDecoder().decode(event.at("/kv/value").asText());
        ProtoMessage envelope = ProtoMessage.of(value, ENVELOPE_MARK);
        ProtoMessage spec = envelope.message(ENVELOPE_RAW).message(LEASE_SPEC);
        long duration = spec.number(DURATION_SECONDS) * 1_000_000_000;
        return new Recorded.Lease(time, revision, spec.text(HOLDER_IDENTITY), duration, false, isOffered(value));
    }

    private static boolean isOffered(byte[] value) {
        return new String(value, StandardCharsets.ISO_8859_1).contains(OFFERED);
    }
}
