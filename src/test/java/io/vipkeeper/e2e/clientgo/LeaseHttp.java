package io.vipkeeper.e2e.clientgo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vipkeeper.demo.api.Authority;
import io.vipkeeper.lease.ApiFailure;
import io.vipkeeper.lease.LeaseAnswer;
import io.vipkeeper.lease.LeaseDraft;
import io.vipkeeper.lease.LeaseRecord;
import io.vipkeeper.sim.ClientGoElector.Next;

/**
 * client-go's LeaseLock: keeps the object of the last answer and writes its spec anew. For one thread; an interrupt ends
 * a request.
 */
final class LeaseHttp {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COLLECTION = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases";
    private static final String NAME = "plndr-cp-lock";
    private static final DateTimeFormatter MICRO_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final HttpClient http;
    private final String collection;
    private final String token;
    private ObjectNode known = JSON.createObjectNode();

    /** @param authority the file of the server's certificate authority */
    LeaseHttp(String server, Path authority, String token) throws Exception {
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(Authority.trusting(authority))
                .build();
        collection = server + COLLECTION;
        this.token = token;
    }

    LeaseAnswer read(Duration limit) throws InterruptedException {
        return exchange(request(collection + "/" + NAME, limit).GET());
    }

    LeaseAnswer create(LeaseDraft draft, Duration limit) throws InterruptedException {
        known = JSON.createObjectNode();
        known.putObject("metadata").put("name", NAME);
        return exchange(request(collection, limit).POST(body(draft, "")));
    }

    LeaseAnswer replace(Next.Replace replace, Duration limit) throws InterruptedException {
        return exchange(request(collection + "/" + NAME, limit)
                .PUT(body(replace.draft(), replace.base().acquireTime())));
    }

    private HttpRequest.BodyPublisher body(LeaseDraft draft, String acquired) {
        String now = MICRO_TIME.format(Instant.now());
        known.putObject("spec")
                .put("holderIdentity", draft.holderIdentity())
                .put("leaseDurationSeconds", draft.leaseDurationSeconds())
                .put("acquireTime", draft.acquires() ? now : acquired)
                .put("renewTime", now)
                .put("leaseTransitions", draft.leaseTransitions());
        return BodyPublishers.ofString(known.toString());
    }

    private HttpRequest.Builder request(String url, Duration limit) {
        Duration positive = limit.isPositive() ? limit : Duration.ofMillis(1);
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(positive)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token);
    }

    private LeaseAnswer exchange(HttpRequest.Builder request) throws InterruptedException {
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return switch (response.statusCode()) {
                case 200, 201 -> found(response.body());
                case 404 -> new LeaseAnswer.Missing();
                case 409 -> new LeaseAnswer.Conflict();
                default -> new LeaseAnswer.Failed(ApiFailure.REJECTED, "status " + response.statusCode());
            };
        } catch (IOException e) {
            return new LeaseAnswer.Failed(ApiFailure.UNREACHABLE, e.toString());
        }
    }

    private LeaseAnswer found(String body) throws IOException {
        known = (ObjectNode) JSON.readTree(body);
        return new LeaseAnswer.Found(new LeaseRecord(
                known.at("/metadata/resourceVersion").asText(),
                known.at("/spec/holderIdentity").asText(""),
                known.at("/spec/leaseDurationSeconds").asInt(),
                known.at("/spec/leaseTransitions").asInt(),
                known.at("/spec/acquireTime").asText(""),
                known.at("/spec/renewTime").asText(""),
                Map.of()));
    }
}
